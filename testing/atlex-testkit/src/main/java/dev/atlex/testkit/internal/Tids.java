package dev.atlex.testkit.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/** Creates timestamp identifiers, each greater than the last, even if the clock stops or is set back. */
final class Tids {
    private static final String DIGITS = "234567abcdefghijklmnopqrstuvwxyz";

    private final Clock clock;
    private final int clockId = ThreadLocalRandom.current().nextInt(1024);
    private long last;

    Tids(Clock clock) {
        this.clock = clock;
    }

    String next() {
        Instant now = clock.instant();
        last = Math.max(last + 1, now.getEpochSecond() * 1_000_000 + now.getNano() / 1000);
        long number = last << 10 | clockId;
        char[] text = new char[13];
        for (int i = 12; i >= 0; i--) {
            text[i] = DIGITS.charAt((int) (number & 31));
            number >>>= 5;
        }
        return new String(text);
    }
}
