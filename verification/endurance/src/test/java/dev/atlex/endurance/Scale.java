package dev.atlex.endurance;

/**
 * The size of a test, from system properties: small by default, so that it can be part of every build; large with
 * {@code -Datlex.endurance.long=true}. {@code -Datlex.endurance.NAME=…} sets a single number.
 */
final class Scale {
    static final boolean LONG = Boolean.getBoolean("atlex.endurance.long");

    /** Seeds all random choices of the tests, with {@code -Datlex.endurance.seed=…}. The order of threads stays random. */
    static final int SEED = Integer.getInteger("atlex.endurance.seed", 1);

    private Scale() {}

    static int of(String name, int small, int large) {
        return Integer.getInteger("atlex.endurance." + name, LONG ? large : small);
    }
}
