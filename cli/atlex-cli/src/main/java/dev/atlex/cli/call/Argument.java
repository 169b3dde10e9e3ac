package dev.atlex.cli.call;

import dev.atlex.cli.runtime.Failure;

/**
 * An argument after the NSID, in HTTPie's notation: {@code name=text}, {@code name:=JSON}, {@code name=@file},
 * {@code name:=@file} or {@code @file}.
 *
 * @param name the name of a parameter or the path of a field; empty for {@code @file}
 * @param json whether the value is JSON
 * @param value the value as typed, with the {@code @} of a file
 */
record Argument(String name, boolean json, String value) {
    /**
     * Parses an argument.
     *
     * @throws Failure if it is neither a name with a value nor a file
     */
    static Argument parse(String text) {
        if (text.startsWith("@") && text.length() > 1) {
            return new Argument("", true, text);
        }
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw Failure.usage("expected arguments as name=value, name:=JSON or @FILE");
        }
        boolean json = text.charAt(equals - 1) == ':' && equals > 1;
        return new Argument(text.substring(0, json ? equals - 1 : equals), json, text.substring(equals + 1));
    }

    /** Returns whether this is the whole body. */
    boolean isBody() {
        return name.isEmpty();
    }

    /** Returns the name of the file to read the value from, or an empty String if the value is given. */
    String file() {
        return value.startsWith("@") ? value.substring(1) : "";
    }

    /**
     * Returns the name in the plain notation {@code name=value}, which doesn't treat the colon of {@code :=} specially.
     */
    String plainName() {
        return json ? name + ':' : name;
    }
}
