"use strict";

// Numbers, days and texts, as the policy language has them.

/** Exact numbers: BigInt counts of millionths, from -10^12 to 10^12. */
const Decimal = {
  limit: 10n ** 18n,

  /** The number that JSON or a person writes; null if it is none, too large or has too many decimals. */
  parse(text) {
    const parts = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
    if (!parts) return null;
    const [, sign, whole, decimals = "", power = "0"] = parts;
    const digits = (whole + decimals).replace(/^0+/, "");
    const significant = digits.replace(/0+$/, "");
    if (significant === "") return 0n;
    const exponent = Number(power) - decimals.length + (digits.length - significant.length);
    if (exponent < -6 || significant.length + exponent > 13) return null;
    const magnitude = BigInt(significant) * 10n ** BigInt(exponent + 6);
    if (magnitude > Decimal.limit) return null;
    return sign ? -magnitude : magnitude;
  },

  /** The shortest exact writing. */
  text(millionths) {
    const magnitude = millionths < 0n ? -millionths : millionths;
    const decimals = String(magnitude % 1000000n).padStart(6, "0").replace(/0+$/, "");
    return (millionths < 0n ? "-" : "") + magnitude / 1000000n + (decimals && "." + decimals);
  },
};

/** Days: numbers since 1 January 1970, in the Gregorian calendar of the years 1 to 9999. */
const Day = {
  first: -719162,
  last: 2932896,
  firstProved: 10957,
  lastProved: 47481,

  clamped(number) {
    return Math.min(Math.max(number, Day.first), Day.last);
  },

  /** Years are counted from March, so that a leap day is a year's last. */
  of(year, month, day) {
    const marchYear = month > 2 ? year : year - 1;
    const centuries = Math.floor(marchYear / 400);
    const yearOfCenturies = marchYear - centuries * 400;
    const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
    const days = yearOfCenturies * 365 + Math.floor(yearOfCenturies / 4)
      - Math.floor(yearOfCenturies / 100) + dayOfYear;
    return centuries * 146097 + days - 719468;
  },

  date(number) {
    const shifted = number + 719468;
    const centuries = Math.floor(shifted / 146097);
    const day = shifted - centuries * 146097;
    const year = Math.floor(
      (day - Math.floor(day / 1460) + Math.floor(day / 36524) - Math.floor(day / 146096)) / 365);
    const dayOfYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
    const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
    const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
    return {
      year: centuries * 400 + year + (month <= 2 ? 1 : 0),
      month,
      day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
    };
  },

  daysIn(month, year) {
    const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  },

  /** The day of a date written as `2026-05-31`; null if it is not, or if there is no such day. */
  parse(text) {
    const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
    if (!parts) return null;
    const [year, month, day] = parts.slice(1).map(Number);
    const exists = year >= 1 && month >= 1 && month <= 12 && day >= 1
      && day <= Day.daysIn(month, year);
    return exists ? Day.of(year, month, day) : null;
  },

  iso(number) {
    const { year, month, day } = Day.date(number);
    const two = (n) => String(n).padStart(2, "0");
    return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
  },

  words(number) {
    const { year, month, day } = Day.date(number);
    const months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ];
    return `${day} ${months[month - 1]} ${year}`;
  },

  /** 0 for Monday to 6 for Sunday. */
  weekday(number) {
    return (number - Day.first) % 7;
  },

  weekdayWords(number) {
    return [
      "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
    ][Day.weekday(number)];
  },
};

/** The calendar that a policy counts by: the days of the week, and its holidays. */
class WorkingCalendar {
  constructor(holidays) {
    this.holidays = new Set(holidays);
    this.known = new Map();
  }

  isWorkingDay(day) {
    return Day.weekday(day) < 5 && !this.holidays.has(day);
  }

  /** The day that lies so many of a unit after today; before it, if the count is negative. */
  plus(today, count, unit) {
    const limited = Math.min(Math.max(count, -10000000), 10000000);
    switch (unit) {
      case "days": return Day.clamped(today + limited);
      case "weeks": return Day.clamped(today + 7 * limited);
      case "months": return this.plusMonths(today, limited);
      case "years": return this.plusMonths(today, 12 * limited);
      default: return this.plusWorkingDays(today, limited);
    }
  }

  /** A day that does not exist becomes the month's last. */
  plusMonths(today, months) {
    const { year, month, day } = Day.date(today);
    const target = year * 12 + month - 1 + months;
    if (target < 12) return Day.first;
    if (target >= 10000 * 12) return Day.last;
    const [newYear, newMonth] = [Math.floor(target / 12), (target % 12) + 1];
    return Day.of(newYear, newMonth, Math.min(day, Day.daysIn(newMonth, newYear)));
  }

  /** The so-manieth working day after or before today; none is today itself. */
  plusWorkingDays(today, count) {
    const key = `${today} ${count}`;
    if (!this.known.has(key)) {
      const step = Math.sign(count);
      let day = today;
      for (let left = Math.abs(count); left > 0; ) {
        day += step;
        if (day < Day.first || day > Day.last) break;
        if (this.isWorkingDay(day)) left -= 1;
      }
      this.known.set(key, Day.clamped(day));
    }
    return this.known.get(key);
  }
}

/** Texts: A to Z count as a to z, everything else as it is. */
const Text = {
  folded(text) {
    return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  },

  matches(match, pattern, text) {
    const [wanted, found] = [Text.folded(pattern), Text.folded(text)];
    switch (match) {
      case "equals": return found === wanted;
      case "startsWith": return found.startsWith(wanted);
      case "endsWith": return found.endsWith(wanted);
      case "contains": return found.includes(wanted);
      default: return Text.liesInDomain(found, wanted);
    }
  },

  /** Whether what follows the last `@` is the domain or ends in a full stop and the domain. */
  liesInDomain(text, domain) {
    const host = text.slice(text.lastIndexOf("@") + 1).replace(/\.$/, "");
    return host === domain || host.endsWith("." + domain);
  },
};
