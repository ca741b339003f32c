# What Ruby and ActiveSupport answer: one JSON object a line, in the form of python_tools.py.
require "date"
require "json"
require "active_support"
require "active_support/core_ext"

SERIES = ->(version) { version.to_s.split(".").first(2).join(".") }
RUBY = SERIES.(RUBY_VERSION)
RAILS = SERIES.(ActiveSupport.version)
JANUARY = Date.new(2026, 1, 31)
DEADLINE = Date.new(2023, 3, 2)

def words(parts)
  months = 12 * parts.fetch(:years, 0) + parts.fetch(:months, 0)
  { month: months, week: parts.fetch(:weeks, 0), day: parts.fetch(:days, 0) }
    .reject { |_, number| number.zero? }
    .map { |name, number| "#{number} #{name}#{"s" unless number == 1}" }.join(" ")
end

def tell(table, tool, version, questions)
  answers = questions.to_h do |name, question|
    [name, question.call.to_s]
  rescue StandardError => error
    [name, "refused: #{error.class}"]
  end
  puts JSON.generate(table: table, tool: tool, version: version, answers: answers)
end

read = ->(text) { ActiveSupport::Duration.parse(text) }
tell("reading", "Rails `ActiveSupport::Duration`", RAILS,
     %w[P6W P1M P4M28D].to_h { |text| [text, -> { words(read.(text).parts) }] }
       .merge("written back" => -> { read.("P4M28D").iso8601 }))

tell("adding", "Ruby `Date`, `>>`", RUBY,
     "+ 1 month" => -> { JANUARY >> 1 },
     "+ 1 month 3 days" => -> { (JANUARY >> 1) + 3 },
     "deadline" => -> { (DEADLINE << 1) - 3 })

rails = ->(months, days) { months.months + days.days }
tell("adding", "Rails `ActiveSupport::Duration`", RAILS,
     "+ 1 month" => -> { JANUARY + 1.month },
     "+ 1 month 3 days" => -> { JANUARY + rails.(1, 3) },
     "deadline" => -> { DEADLINE - rails.(1, 3) })

compared = lambda do |one, other|
  lambda do
    { 0 => "equal", 1 => "longer", -1 => "shorter", nil => "neither" }.fetch(one <=> other)
  end
end
tell("order", "Rails `ActiveSupport::Duration`", RAILS,
     "7 days and 1 week" => compared.(7.days, 1.week),
     "12 months and 1 year" => compared.(12.months, 1.year),
     "1 month and 30 days" => compared.(1.month, 30.days),
     "5 weeks and 1 month" => compared.(5.weeks, 1.month),
     "12 months and 52 weeks" => compared.(12.months, 52.weeks),
     "2 months and 1 month 29 days" => compared.(2.months, rails.(1, 29)))
