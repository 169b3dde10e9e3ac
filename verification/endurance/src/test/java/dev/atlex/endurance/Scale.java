package dev.atlex.endurance;

/**
 * The size of a test, as set by system properties. By default, tests are small enough to be part of every build. {@code
 * -Datlex.endurance.long=true} makes them large, and {@code -Datlex.endurance.NAME=…} sets a single number.
 */
final class Scale {
    static final boolean LONG = Boolean.getBoolean("atlex.endurance.long");

    /**
     * The seed for all random choices in the tests, from {@code -Datlex.endurance.seed=…}. The order of threads stays
     * random.
     */
    static final int SEED = Integer.getInteger("atlex.endurance.seed", 1);

    private Scale() {}

    static int of(String name, int small, int large) {
        return Integer.getInteger("atlex.endurance." + name, LONG ? large : small);
    }
}
