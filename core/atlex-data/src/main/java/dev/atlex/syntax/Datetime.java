package dev.atlex.syntax;

import dev.atlex.data.InvalidSyntaxException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A timestamp in a record, such as {@code 2026-01-01T12:00:00.000Z}. In Lexicon, this is the string format
 * {@code datetime}.
 *
 * <p>The original text is kept, so that writing a record back changes neither the number of digits nor the offset.
 * Therefore, datetimes are compared as text; use {@link #toInstant()} to compare times.
 *
 * @see <a href="https://atproto.com/specs/lexicon#datetime">AT Protocol: Lexicon, datetime</a>
 */
public final class Datetime implements Comparable<Datetime> {
    private static final String FORMAT = "datetime";
    private static final int MAX_LENGTH = 64;
    private static final int MINUTES_PER_DAY = 24 * 60;
    private static final int FRACTION = 19;
    /** The result of reading an invalid or missing offset. */
    static final int NO_OFFSET = Integer.MIN_VALUE;

    private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private final String text;

    private Datetime(String text) {
        this.text = text;
    }

    /**
     * Parses a datetime.
     *
     * @throws InvalidSyntaxException if the text isn't {@linkplain #isValid valid}
     */
    public static Datetime of(String text) {
        String reason = whyInvalid(text);
        if (reason != null) {
            throw new InvalidSyntaxException(FORMAT, text, reason);
        }
        return new Datetime(text);
    }

    /**
     * Returns the datetime for an instant, in UTC and truncated to milliseconds, as applications usually write it:
     * {@code 2026-01-01T12:00:00.000Z}.
     *
     * @throws InvalidSyntaxException if the year isn't from 0 to 9999
     */
    public static Datetime of(Instant instant) {
        long day = Math.floorDiv(instant.getEpochSecond(), 86_400L);
        int second = Math.floorMod(instant.getEpochSecond(), 86_400);
        if (day < FIRST_DAY || day > LAST_DAY) {
            throw new InvalidSyntaxException(FORMAT, instant.toString(), "its year is not between 0 and 9999");
        }
        LocalDate date = LocalDate.ofEpochDay(day);
        char[] out = "0000-00-00T00:00:00.000Z".toCharArray();
        put(out, 4, date.getYear());
        put(out, 7, date.getMonthValue());
        put(out, 10, date.getDayOfMonth());
        put(out, 13, second / 3600);
        put(out, 16, second / 60 % 60);
        put(out, 19, second % 60);
        put(out, 23, instant.getNano() / 1_000_000);
        return new Datetime(new String(out));
    }

    /** Writes the digits of a number so that they end before {@code end}. The buffer is prefilled with zeros. */
    private static void put(char[] out, int end, int number) {
        int at = end;
        for (int rest = number; rest > 0; rest /= 10) {
            out[--at] = (char) ('0' + rest % 10);
        }
    }

    /** Creates a datetime from text that is known to be valid; nothing is checked. */
    public static Datetime unchecked(String text) {
        return new Datetime(text);
    }

    /** Returns the system clock's current time, formatted like {@link #of(Instant)}. */
    public static Datetime now() {
        return of(Instant.now());
    }

    /**
     * Returns whether the text is a valid datetime: date, {@code T}, time with seconds and optional fraction, and
     * {@code Z} or an offset of up to 23:59 hours. It must have at most 64 characters, and be from the year 0 to 9999
     * in UTC.
     *
     * <p>Like the reference implementation, this accepts days up to 31 in every month, and rejects leap seconds (:60).
     */
    public static boolean isValid(String text) {
        return whyInvalid(text) == null;
    }

    /**
     * Returns whether lenient reading accepts the text. Unlike {@link #isValid}, it allows other separators in date and
     * time or none, a missing offset, seconds with one digit, 24:00 and leap seconds. Without separators, the seconds
     * may be missing, too. The date must exist in these cases.
     */
    public static boolean isValidLenient(String text) {
        return isValid(text) || LenientDatetime.parse(text) != null;
    }

    private static @Nullable String whyInvalid(String text) {
        int length = text.length();
        if (length > MAX_LENGTH) {
            return "longer than 64 characters";
        }
        if (length < "0000-00-00T00:00:00Z".length()) {
            return "not of the form 2026-01-01T12:00:00.000Z";
        }
        if (!Chars.areDigits(text, 0, 4)
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return "not of the form 2026-01-01T12:00:00.000Z";
        }
        int month = number(text, 5);
        if (month < 1 || month > 12) {
            return "its month is not between 01 and 12";
        }
        int day = number(text, 8);
        if (day < 1 || day > 31) {
            return "its day is not between 01 and 31";
        }
        int hour = number(text, 11);
        int minute = number(text, 14);
        int second = number(text, 17);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return "its time is not between 00:00:00 and 23:59:59";
        }
        int at = zoneAt(text);
        if (at < 0) {
            return "has no digit after the decimal point";
        }
        int offset = offsetMinutes(text, at);
        if (offset == NO_OFFSET) {
            return "does not end with Z or an offset such as +01:00";
        }
        return whyOutOfYears(text, month, day, hour * 60 + minute - offset);
    }

    /**
     * Returns why the time is out of range in UTC, or null. An offset can move a time out of range in the first and
     * last year.
     */
    private static @Nullable String whyOutOfYears(String text, int month, int day, int utcMinutes) {
        if (utcMinutes < 0 && month == 1 && day == 1 && text.startsWith("0000")) {
            return "before the year 0 in UTC";
        }
        if (utcMinutes >= MINUTES_PER_DAY && month == 12 && day == 31 && text.startsWith("9999")) {
            return "after the year 9999 in UTC";
        }
        return null;
    }

    /** Returns the two-digit number at an index, or -1. */
    private static int number(String text, int at) {
        char tens = text.charAt(at);
        char ones = text.charAt(at + 1);
        return Chars.isDigit(tens) && Chars.isDigit(ones) ? (tens - '0') * 10 + ones - '0' : -1;
    }

    /** Returns the start of the offset, after the fraction; -1 if a decimal point has no digits. */
    private static int zoneAt(String text) {
        if (text.charAt(FRACTION) != '.') {
            return FRACTION;
        }
        int at = FRACTION + 1;
        while (at < text.length() && Chars.isDigit(text.charAt(at))) {
            at++;
        }
        return at == FRACTION + 1 ? -1 : at;
    }

    /** Returns the offset in minutes east of UTC, or {@link #NO_OFFSET} if it is invalid. */
    private static int offsetMinutes(String text, int at) {
        int rest = text.length() - at;
        if (rest == 1 && text.charAt(at) == 'Z') {
            return 0;
        }
        if (rest != 6 || text.charAt(at + 3) != ':') {
            return NO_OFFSET;
        }
        char sign = text.charAt(at);
        int hours = number(text, at + 1);
        int minutes = number(text, at + 4);
        if (sign != '+' && sign != '-' || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
            return NO_OFFSET;
        }
        int offset = hours * 60 + minutes;
        if (sign == '+') {
            return offset;
        }
        return offset == 0 ? NO_OFFSET : -offset; // ISO 8601 doesn't allow -00:00
    }

    /**
     * Returns the instant, truncated to nanoseconds. Also accepts text that only lenient reading accepts. A missing
     * offset means UTC, and a leap second becomes the following second.
     *
     * @throws InvalidSyntaxException if the date doesn't exist, such as February 30, or the text isn't a datetime
     */
    public Instant toInstant() {
        String reason = whyInvalid(text);
        if (reason != null) {
            Instant lenient = LenientDatetime.parse(text);
            if (lenient == null) {
                throw new InvalidSyntaxException(FORMAT, text, reason);
            }
            return lenient;
        }
        int year = number(text, 0) * 100 + number(text, 2);
        int month = number(text, 5);
        int day = number(text, 8);
        if (day > 28 && day > LocalDate.of(year, month, 1).lengthOfMonth()) {
            throw new InvalidSyntaxException(FORMAT, text, "the date doesn't exist");
        }
        int zone = zoneAt(text);
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400
                + number(text, 11) * 3600
                + number(text, 14) * 60
                + number(text, 17)
                - offsetMinutes(text, zone) * 60L; // not ZoneOffset, which is limited to 18 hours
        return Instant.ofEpochSecond(seconds, nanos(text, FRACTION + 1, zone));
    }

    /** Returns the nanoseconds for the digits from {@code start} to before {@code end}. */
    static int nanos(String text, int start, int end) {
        int nanos = 0;
        for (int i = 0; i < 9; i++) {
            nanos = nanos * 10 + (start + i < end ? text.charAt(start + i) - '0' : 0);
        }
        return nanos;
    }

    /** Compares the string forms. The order is chronological only if both have the same form and offset. */
    @Override
    public int compareTo(Datetime other) {
        return text.compareTo(other.text);
    }

    /** Returns whether the other object is a datetime with the same text. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Datetime that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the original text. */
    @Override
    public String toString() {
        return text;
    }
}
