package dev.atlex.cli.runtime;

import org.jspecify.annotations.Nullable;

/** Colors for a terminal, or none. */
public final class Style {
    /** A style that adds nothing. */
    public static final Style PLAIN = new Style(false);

    private static final Style COLORED = new Style(true);

    private final boolean colored;

    private Style(boolean colored) {
        this.colored = colored;
    }

    /** Returns a style with or without colors. */
    public static Style of(boolean colored) {
        return colored ? COLORED : PLAIN;
    }

    /**
     * Returns whether the environment asks for colors or forbids them, or null if it does neither. {@code NO_COLOR}
     * wins over {@code CLICOLOR_FORCE}, and both over {@code CLICOLOR} and a dumb terminal.
     *
     * @see <a href="https://no-color.org">NO_COLOR</a>
     * @see <a href="https://bixense.com/clicolors/">CLICOLOR</a>
     */
    static @Nullable Boolean asked(CliEnvironment environment) {
        if (environment.variable("NO_COLOR") != null) {
            return false;
        }
        String force = environment.variable("CLICOLOR_FORCE");
        if (force != null && !force.equals("0")) {
            return true;
        }
        boolean dumb = "dumb".equals(environment.variable("TERM"));
        return dumb || "0".equals(environment.variable("CLICOLOR")) ? Boolean.FALSE : null;
    }

    /** Returns whether this style adds colors. */
    public boolean isColored() {
        return colored;
    }

    /** Styles a heading or a name. */
    public String strong(String text) {
        return with("1", text);
    }

    /** Styles text that is less important. */
    public String faint(String text) {
        return with("2", text);
    }

    /** Styles the name of a field or an option. */
    public String name(String text) {
        return with("36", text);
    }

    /** Styles a string value. */
    public String text(String text) {
        return with("32", text);
    }

    /** Styles a number, a boolean or null. */
    public String literal(String text) {
        return with("33", text);
    }

    private String with(String code, String text) {
        return colored && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
