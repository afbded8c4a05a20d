"""Days as numbers, counted from 1 January 1970, and durations."""

import bisect
import datetime

FIRST_TODAY, LAST_TODAY = 10957, 47481
MONTHS = """January February March April May June July August September October November
    December""".split()


def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def length_of_month(year, month):
    return 29 if month == 2 and is_leap(year) else [
        31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]


def day(year, month, of_month):
    """The number of a day of the calendar."""
    return datetime.date(year, month, of_month).toordinal() - 719163


FIRST, LAST = day(1, 1, 1), day(9999, 12, 31)
FIRST_OF_MESSAGE = day(1900, 1, 1)


def calendar(number):
    """Year, month and day of the month."""
    date = datetime.date.fromordinal(number + 719163)
    return date.year, date.month, date.day


def iso(number):
    return "%04d-%02d-%02d" % calendar(number)


def from_iso(text):
    return day(*map(int, text.split("-")))


def written(number):
    year, month, of_month = calendar(number)
    return f"{of_month} {MONTHS[month - 1]} {year}"


# 1 January 1970 was a Thursday.
WEEKDAYS = [number for number in range(day(1990, 1, 1), day(2110, 1, 1)) if (number + 3) % 7 < 5]


class Calendar:
    """The working days, and what lies a duration before or after a day."""

    def __init__(self, holidays):
        self.holidays = set(holidays)
        self.working = None
        self.memory = {}

    def is_working_day(self, number):
        return (number + 3) % 7 < 5 and number not in self.holidays

    def moved(self, today, unit, count):
        """`count` units after today, before it where the count is negative."""
        key = (today, unit, count)
        if key not in self.memory:
            self.memory[key] = max(FIRST, min(LAST, self.exactly_moved(today, unit, count)))
        return self.memory[key]

    def exactly_moved(self, today, unit, count):
        if unit == "days":
            return today + count
        if unit == "weeks":
            return today + 7 * count
        if unit == "working days":
            return self.moved_by_working_days(today, count)
        year, month, of_month = calendar(today)
        months = 12 * year + month - 1 + count * (12 if unit == "years" else 1)
        year, month = months // 12, months % 12 + 1
        if year < 1:
            return FIRST
        if year > 9999:
            return LAST
        return day(year, month, min(of_month, length_of_month(year, month)))

    def moved_by_working_days(self, today, count):
        if count == 0:
            return today
        if self.working is None:
            self.working = [number for number in WEEKDAYS if number not in self.holidays]
        if count > 0:
            return self.working[bisect.bisect_right(self.working, today) + count - 1]
        return self.working[bisect.bisect_left(self.working, today) + count]
