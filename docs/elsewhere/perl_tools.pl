# What Perl's DateTime answers: one JSON object a line, in the form of python_tools.py.
use strict;
use warnings;
use DateTime;
use DateTime::Duration;
use JSON::PP;

my $json = JSON::PP->new->canonical;

sub tell_of {
    my ($table, $tool, $questions) = @_;
    my %answers;
    for my $name (keys %$questions) {
        $answers{$name} = eval { $questions->{$name}->() } // "refused: die";
    }
    my ($version) = "$DateTime::VERSION" =~ /^(\d+\.\d+)/;
    print $json->encode(
        { table => $table, tool => $tool, version => $version, answers => \%answers }), "\n";
}

sub at { my ($year, $month, $day) = @_; return DateTime->new(year => $year, month => $month, day => $day) }

sub duration { my ($months, $days) = @_; return DateTime::Duration->new(months => $months, days => $days) }

tell_of("adding", "Perl `DateTime`", {
    "+ 1 month" => sub { at(2026, 1, 31)->add(months => 1)->ymd },
    "+ 1 month 3 days" => sub { at(2026, 1, 31)->add(months => 1, days => 3)->ymd },
    "deadline" => sub { at(2023, 3, 2)->subtract(months => 1, days => 3)->ymd },
});

tell_of("adding", "Perl `DateTime`, `end_of_month => 'limit'`", {
    "+ 1 month" => sub {
        at(2026, 1, 31)->add(months => 1, end_of_month => 'limit')->ymd },
    "+ 1 month 3 days" => sub {
        at(2026, 1, 31)->add(months => 1, days => 3, end_of_month => 'limit')->ymd },
    "deadline" => sub {
        at(2023, 3, 2)->subtract(months => 1, days => 3, end_of_month => 'limit')->ymd },
});

sub compared {
    my ($one, $other) = @_;
    return sub { my $sign = $one <=> $other; return (qw(shorter equal longer))[ $sign + 1 ] };
}

tell_of("order", "Perl `DateTime::Duration`, `<=>`", {
    "7 days and 1 week" => compared(duration(0, 7), DateTime::Duration->new(weeks => 1)),
    "12 months and 1 year" => compared(duration(12, 0), DateTime::Duration->new(years => 1)),
    "1 month and 30 days" => compared(duration(1, 0), duration(0, 30)),
    "5 weeks and 1 month" => compared(DateTime::Duration->new(weeks => 5), duration(1, 0)),
    "12 months and 52 weeks" => compared(duration(12, 0), DateTime::Duration->new(weeks => 52)),
    "2 months and 1 month 29 days" => compared(duration(2, 0), duration(1, 29)),
});
