<?php
// What PHP answers: one JSON object a line, in the form of python_tools.py.

function words(DateInterval $one): string
{
    $parts = ["month" => 12 * $one->y + $one->m, "day" => $one->d];
    $shown = [];
    foreach (array_filter($parts) as $name => $number) {
        $shown[] = "$number $name" . ($number === 1 ? "" : "s");
    }
    return implode(" ", $shown);
}

function tell(string $table, string $tool, array $questions): void
{
    $answers = [];
    foreach ($questions as $name => $question) {
        try {
            $answers[$name] = $question();
        } catch (Throwable $error) {
            $answers[$name] = "refused: " . get_class($error);
        }
    }
    $version = PHP_MAJOR_VERSION . "." . PHP_MINOR_VERSION;
    echo json_encode(compact("table", "tool", "version", "answers"), JSON_UNESCAPED_UNICODE), "\n";
}

function reads(string $text): callable
{
    return fn() => words(new DateInterval($text));
}

tell("reading", "PHP `DateInterval`", [
    "P6W" => reads("P6W"),
    "P1M" => reads("P1M"),
    "P4M28D" => reads("P4M28D"),
    "written back" => fn() => (new DateInterval("P4M28D"))->format("P%mM%dD"),
]);

$january = new DateTimeImmutable("2026-01-31");
$deadline = new DateTimeImmutable("2023-03-02");
tell("adding", "PHP `DateTimeImmutable`", [
    "+ 1 month" => fn() => $january->add(new DateInterval("P1M"))->format("Y-m-d"),
    "+ 1 month 3 days" => fn() => $january->add(new DateInterval("P1M3D"))->format("Y-m-d"),
    "deadline" => fn() => $deadline->sub(new DateInterval("P1M3D"))->format("Y-m-d"),
    "series" => function () use ($january) {
        $days = [];
        foreach (new DatePeriod($january, new DateInterval("P1M"), 2) as $day) {
            $days[] = $day->format("m-d");
        }
        return implode(" ", $days);
    },
]);

function compared(string $one, string $other): callable
{
    return function () use ($one, $other) {
        $noted = [];
        set_error_handler(function ($kind, $message) use (&$noted) {
            $noted[] = $message;
            return true;
        });
        [$a, $b] = [new DateInterval($one), new DateInterval($other)];
        $found = $a == $b ? "equal" : ($a > $b ? "longer" : ($a < $b ? "shorter" : "neither"));
        restore_error_handler();
        return $noted ? "refused: warning" : $found;
    };
}

tell("order", "PHP `DateInterval`", [
    "7 days and 1 week" => compared("P7D", "P1W"),
    "12 months and 1 year" => compared("P12M", "P1Y"),
    "1 month and 30 days" => compared("P1M", "P30D"),
    "5 weeks and 1 month" => compared("P5W", "P1M"),
    "12 months and 52 weeks" => compared("P12M", "P52W"),
    "2 months and 1 month 29 days" => compared("P2M", "P1M29D"),
]);

function weekdays(string $day, string $change): callable
{
    return fn() => (new DateTimeImmutable($day))->modify($change)->format("Y-m-d");
}

tell("working days", "PHP `modify('+1 weekday')`", [
    "Friday + 1" => weekdays("2026-11-27", "+1 weekday"),
    "Saturday + 1" => weekdays("2026-11-28", "+1 weekday"),
    "Saturday + 0" => weekdays("2026-11-28", "+0 weekday"),
    "Sunday - 1" => weekdays("2026-11-29", "-1 weekday"),
]);
