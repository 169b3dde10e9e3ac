package dev.atlex.endurance;

/**
 * How much a test does: little, so that every build can do it; much with {@code -Datlex.endurance.long=true}; or what
 * {@code -Datlex.endurance.NAME=…} says.
 */
final class Size {
    static final boolean LONG = Boolean.getBoolean("atlex.endurance.long");

    private Size() {}

    static int of(String name, int brief, int lasting) {
        return Integer.getInteger("atlex.endurance." + name, LONG ? lasting : brief);
    }
}
