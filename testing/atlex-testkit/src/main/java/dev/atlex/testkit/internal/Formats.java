package dev.atlex.testkit.internal;

import java.util.regex.Pattern;

/** The syntax of identifiers. Duplicated on purpose, so that the server doesn't share bugs with the client. */
final class Formats {
    private static final Pattern DID = Pattern.compile("did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]");
    private static final Pattern HANDLE = Pattern.compile(
            "([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
    private static final Pattern NSID = Pattern.compile("[a-zA-Z]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
            + "(\\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+\\.[a-zA-Z][a-zA-Z0-9]{0,62}");
    private static final Pattern RECORD_KEY = Pattern.compile("[a-zA-Z0-9._:~-]{1,512}");

    private Formats() {}

    static boolean did(String text) {
        return text.length() <= 2048 && DID.matcher(text).matches();
    }

    static boolean handle(String text) {
        return text.length() <= 253 && HANDLE.matcher(text).matches();
    }

    static boolean atIdentifier(String text) {
        return text.startsWith("did:") ? did(text) : handle(text);
    }

    static boolean nsid(String text) {
        return text.length() <= 317 && NSID.matcher(text).matches();
    }

    static boolean recordKey(String text) {
        return RECORD_KEY.matcher(text).matches() && !text.equals(".") && !text.equals("..");
    }
}
