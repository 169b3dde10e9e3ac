package dev.atlex.testkit.internal.lexicon;

import dev.atlex.data.Cid;
import dev.atlex.schema.internal.Graphemes;
import dev.atlex.schema.internal.Utf8;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.LanguageTag;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import dev.atlex.syntax.Uris;
import java.util.Locale;
import java.util.function.Predicate;

/** The string formats of the Lexicon language, with the names that the reference server's messages use. */
enum StringFormat {
    AT_IDENTIFIER("AT identifier", AtIdentifier::isValid),
    AT_URI("at-uri", AtUri::isValid),
    CID("CID string", Cid::isValid),
    DATETIME("datetime", Datetime::isValid),
    DID("DID", Did::isValid),
    HANDLE("handle", Handle::isValid),
    LANGUAGE("language", LanguageTag::isValid),
    NSID("NSID", Nsid::isValid),
    RECORD_KEY("record key", RecordKey::isValid),
    TID("TID string", Tid::isValid),
    URI("uri", Uris::isValid);

    private final String label;
    private final Predicate<String> valid;

    StringFormat(String label, Predicate<String> valid) {
        this.label = label;
        this.valid = valid;
    }

    static StringFormat of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String label() {
        return label;
    }

    boolean matches(String text) {
        return valid.test(text);
    }

    static int utf8Length(String text) {
        return Utf8.length(text);
    }

    static int graphemes(String text) {
        return Graphemes.count(text);
    }
}
