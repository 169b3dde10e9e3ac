package dev.atlex.syntax;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Reads datetimes in the looser forms of ISO 8601 that older records contain, such as {@code 20260101T1200} or
 * {@code 2026/01/01T12.00.00+0100}.
 */
final class LenientDatetime {
    private static final int MAX_LENGTH = 64;

    private final String text;
    private int at;

    private LenientDatetime(String text) {
        this.text = text;
    }

    /** Returns the instant, or null if the text isn't a datetime. */
    static @Nullable Instant parse(String text) {
        return text.length() > MAX_LENGTH ? null : new LenientDatetime(text).datetime();
    }

    private @Nullable Instant datetime() {
        int year = digits(4);
        String separator = separator("T");
        int month = digits(2);
        boolean sameSeparator = skip(separator);
        int day = digits(2);
        if (year < 0 || month < 0 || day < 0 || !sameSeparator || !skip("T")) {
            return null;
        }
        int hour = digits(2);
        separator = separator("TZ+-");
        int minute = digits(2);
        int second = 0;
        boolean oneDigit = false;
        if (!separator.isEmpty() || hasDigit(at)) { // seconds are optional only without separators
            boolean separated = skip(separator);
            oneDigit = separated && !hasDigit(at + 1);
            second = separated ? digits(oneDigit ? 1 : 2) : -1;
        }
        boolean time = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second <= 60;
        boolean endOfDay = hour == 24 && minute == 0 && second == 0;
        if (!time && !endOfDay) {
            return null;
        }
        int nanos = oneDigit ? 0 : fraction();
        int offset = offset();
        if (nanos < 0 || offset == Datetime.NO_OFFSET) {
            return null;
        }
        try {
            long epochDay = LocalDate.of(year, month, day).toEpochDay();
            long seconds = epochDay * 86_400 + hour * 3600L + minute * 60L + second - offset * 60L;
            return Instant.ofEpochSecond(seconds, nanos);
        } catch (DateTimeException e) {
            return null; // the date doesn't exist
        }
    }

    private boolean hasDigit(int index) {
        return index < text.length() && Chars.isDigit(text.charAt(index));
    }

    /** Reads a number with exactly this many digits. Returns -1 if there is none. */
    private int digits(int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            if (!hasDigit(at)) {
                return -1;
            }
            number = number * 10 + text.charAt(at++) - '0';
        }
        return number;
    }

    /** Reads a separator of one character, except those excluded; empty if there is none. */
    private String separator(String excluded) {
        if (at >= text.length() || hasDigit(at) || excluded.indexOf(text.charAt(at)) >= 0) {
            return "";
        }
        return text.substring(at, ++at);
    }

    private boolean skip(String expected) {
        if (!text.startsWith(expected, at)) {
            return false;
        }
        at += expected.length();
        return true;
    }

    /** Reads the nanoseconds after a point or comma. Returns 0 if there is no fraction, -1 if it is malformed. */
    private int fraction() {
        if (!skip(".") && !skip(",")) {
            return 0;
        }
        int start = at;
        while (hasDigit(at)) {
            at++;
        }
        return at == start || at - start > 9 ? -1 : Datetime.nanos(text, start, at);
    }

    /**
     * Reads the offset in minutes east of UTC. Returns 0 if it is missing, {@code Datetime.NO_OFFSET} if it is invalid.
     */
    private int offset() {
        if (at == text.length()) {
            return 0;
        }
        if (skip("Z")) {
            return at == text.length() ? 0 : Datetime.NO_OFFSET;
        }
        boolean west = skip("-");
        if (!west && !skip("+")) {
            return Datetime.NO_OFFSET;
        }
        int hours = digits(2);
        separator("TZ+-");
        int minutes = digits(2);
        if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || at != text.length()) {
            return Datetime.NO_OFFSET;
        }
        int offset = hours * 60 + minutes;
        return !west ? offset : offset == 0 ? Datetime.NO_OFFSET : -offset;
    }
}
