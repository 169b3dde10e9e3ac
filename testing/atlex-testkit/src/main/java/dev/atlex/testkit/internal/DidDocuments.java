package dev.atlex.testkit.internal;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import org.jspecify.annotations.Nullable;

/** Creates the DID documents of accounts. */
final class DidDocuments {
    /** The only service of an account. */
    static final String PDS = "#atproto_pds";

    private final Settings settings;
    private final String endpoint;

    /** @param endpoint the URL of this PDS */
    DidDocuments(Settings settings, String endpoint) {
        this.settings = settings;
        this.endpoint = endpoint;
    }

    /** Returns the document as the directory serves it. */
    LexMap of(Account account) {
        String pds = account.pdsEndpoint;
        return document(account, pds == null ? endpoint : pds);
    }

    /** Returns whether the account's document points to this server. */
    boolean pointsHere(Account account) {
        return account.pdsEndpoint == null || account.pdsEndpoint.equals(endpoint);
    }

    /** Returns the document for the responses of session methods, or null if the settings omit it. */
    @Nullable
    LexMap forSession(Account account) {
        return switch (settings.didDocs) {
            case ABSENT -> null;
            case WHOLE -> of(account);
            case MALFORMED ->
                LexMap.builder()
                        .put("id", 7)
                        .put("alsoKnownAs", "at://" + account.handle)
                        .put("service", LexArray.of(LexValue.of(PDS), LexMap.of("serviceEndpoint", LexMap.of())))
                        .build();
        };
    }

    private static LexMap document(Account account, String pds) {
        return LexMap.builder()
                .put(
                        "@context",
                        LexArray.of(
                                LexValue.of("https://www.w3.org/ns/did/v1"),
                                LexValue.of("https://w3id.org/security/multikey/v1"),
                                LexValue.of("https://w3id.org/security/suites/ecdsa-2019/v1")))
                .put("id", account.did)
                .put("alsoKnownAs", LexArray.of(LexValue.of("at://" + account.handle)))
                .put(
                        "verificationMethod",
                        LexArray.of(LexMap.builder()
                                .put("id", account.did + "#atproto")
                                .put("type", "Multikey")
                                .put("controller", account.did)
                                .put("publicKeyMultibase", account.key.multibase())
                                .build()))
                .put(
                        "service",
                        LexArray.of(LexMap.builder()
                                .put("id", PDS)
                                .put("type", "AtprotoPersonalDataServer")
                                .put("serviceEndpoint", pds)
                                .build()))
                .build();
    }
}
