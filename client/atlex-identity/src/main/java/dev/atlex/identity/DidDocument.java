package dev.atlex.identity;

import dev.atlex.client.internal.Origins;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An account's DID document, with accessors for the entries that the AT Protocol defines.
 *
 * <p>Documents come from untrusted sources and serve other protocols too, so only the {@code id} has to be valid.
 * Entries that don't have the expected form are skipped; {@link #json()} has the complete document.
 *
 * @see <a href="https://atproto.com/specs/did#did-documents">AT Protocol: DID documents</a>
 */
public final class DidDocument {
    private static final int MAX_SHOWN = 80;

    /** Options that limit the nesting, because legitimate documents are flat. */
    private static final ReadOptions READING = ReadOptions.LENIENT.withMaxDepth(32);

    private final LexMap json;
    private final Did id;
    private final List<String> alsoKnownAs;
    private final List<Service> services;
    private final List<VerificationMethod> verificationMethods;

    private DidDocument(LexMap json, Did id) {
        this.json = json;
        this.id = id;
        this.alsoKnownAs = strings(json.getArray("alsoKnownAs"));
        this.services = services(json.getArray("service"));
        this.verificationMethods = verificationMethods(json.getArray("verificationMethod"));
    }

    /**
     * A service of the account. Its name follows the {@code #} in its id.
     *
     * @param id the id as in the document: {@code #atproto_pds}, or preceded by the DID
     * @param type the type, such as {@code AtprotoPersonalDataServer}
     * @param endpoint usually a URL; not validated
     */
    public record Service(String id, String type, String endpoint) {}

    /**
     * A public key of the account.
     *
     * @param id the id as in the document: {@code #atproto}, or preceded by the DID
     * @param type the type, such as {@code Multikey}
     * @param controller the DID that controls the key, or null if missing
     * @param publicKeyMultibase the key in the encoding of its type, or null if the document contains it in a different
     *     form
     */
    public record VerificationMethod(
            String id,
            String type,
            @Nullable String controller,
            @Nullable String publicKeyMultibase) {}

    /**
     * Parses a document.
     *
     * @throws InvalidDidDocumentException if the bytes aren't a JSON object, or its {@code id} isn't a valid DID
     */
    public static DidDocument parse(byte[] json) {
        LexValue value;
        try {
            value = LexValue.parseJson(json, READING);
        } catch (LexException e) {
            throw new InvalidDidDocumentException("invalid DID document: " + e.getMessage(), e);
        }
        if (!(value instanceof LexMap map)) {
            throw new InvalidDidDocumentException("invalid DID document: expected a JSON object", null);
        }
        return of(map);
    }

    /**
     * Creates a document from a JSON object, such as the {@code didDoc} of a session.
     *
     * @throws InvalidDidDocumentException if its {@code id} isn't a valid DID
     */
    public static DidDocument of(LexMap json) {
        String id = json.getString("id");
        if (id == null) {
            throw new InvalidDidDocumentException("invalid DID document: expected a string at $.id", null);
        }
        if (!Did.isValid(id)) {
            throw new InvalidDidDocumentException(
                    "invalid DID document: expected a valid DID at $.id (got " + Excerpt.quote(id, MAX_SHOWN) + ")",
                    null);
        }
        return new DidDocument(json, Did.unchecked(id));
    }

    /** Returns the DID that the document describes. */
    public Did id() {
        return id;
    }

    /** Returns the account's aliases as URIs, in document order; not validated. */
    public List<String> alsoKnownAs() {
        return alsoKnownAs;
    }

    /** Returns the services whose id, type and endpoint are strings, in document order. */
    public List<Service> services() {
        return services;
    }

    /** Returns the keys whose id and type are strings, in document order. */
    public List<VerificationMethod> verificationMethods() {
        return verificationMethods;
    }

    /** Returns the complete document, including entries that the AT Protocol doesn't define. */
    public LexMap json() {
        return json;
    }

    /**
     * Returns the handle that the document claims, in lowercase: the first element of {@link #alsoKnownAs()} that
     * consists of {@code at://} and a valid handle. {@link IdentityResolver#resolve} verifies the claim.
     *
     * @return null if the document claims no handle
     */
    public @Nullable Handle handle() {
        for (String alias : alsoKnownAs) {
            if (alias.startsWith("at://") && Handle.isValid(alias.substring(5))) {
                return Handle.unchecked(alias.substring(5)).normalized();
            }
        }
        return null;
    }

    /**
     * Returns the first service with the given name and type, or null if there is none.
     *
     * @param name the part of the id after the {@code #}
     */
    public @Nullable Service service(String name, String type) {
        for (Service service : services) {
            if (service.type().equals(type) && isNamed(service.id(), name)) {
                return service;
            }
        }
        return null;
    }

    /**
     * Returns the origin of the account's server, from the first service {@code #atproto_pds} of type
     * {@code AtprotoPersonalDataServer}. The path of its URL is dropped, because XRPC is always at the root.
     *
     * @return null if there is no such service, or its endpoint isn't an {@code http} or {@code https} URL with a
     *     valid host and port and without a user name
     */
    public @Nullable URI pds() {
        Service service = service("atproto_pds", "AtprotoPersonalDataServer");
        return service == null ? null : Origins.find(service.endpoint());
    }

    /**
     * Returns the key that signs the account's repository, in multibase ({@code z…}): the first method {@code #atproto}
     * of type {@code Multikey} that the account itself controls. Older types encode keys differently and are only in
     * {@link #verificationMethods()}.
     *
     * @return null if there is no such key
     */
    public @Nullable String signingKey() {
        for (VerificationMethod method : verificationMethods) {
            if (method.publicKeyMultibase() != null
                    && method.type().equals("Multikey")
                    && id.toString().equals(method.controller())
                    && isNamed(method.id(), "atproto")) {
                return method.publicKeyMultibase();
            }
        }
        return null;
    }

    /** Returns whether the other object is a document with equal content. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DidDocument that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return "DidDocument[" + id + ", alsoKnownAs=" + alsoKnownAs + ", services=" + services + "]";
    }

    /** Ids are fragments, optionally preceded by the DID. */
    private boolean isNamed(String fullId, String name) {
        String did = id.toString();
        int hash = fullId.startsWith(did) ? did.length() : 0;
        return fullId.length() == hash + 1 + name.length() && fullId.charAt(hash) == '#' && fullId.endsWith(name);
    }

    private static List<String> strings(@Nullable LexArray values) {
        List<String> strings = new ArrayList<>();
        for (LexValue value : values == null ? LexArray.of() : values) {
            if (value instanceof LexString string) {
                strings.add(string.value());
            }
        }
        return List.copyOf(strings);
    }

    private static List<Service> services(@Nullable LexArray values) {
        List<Service> services = new ArrayList<>();
        for (LexMap map : maps(values)) {
            String id = map.getString("id");
            String type = map.getString("type");
            String endpoint = map.getString("serviceEndpoint");
            if (id != null && type != null && endpoint != null) {
                services.add(new Service(id, type, endpoint));
            }
        }
        return List.copyOf(services);
    }

    private static List<VerificationMethod> verificationMethods(@Nullable LexArray values) {
        List<VerificationMethod> methods = new ArrayList<>();
        for (LexMap map : maps(values)) {
            String id = map.getString("id");
            String type = map.getString("type");
            if (id != null && type != null) {
                methods.add(new VerificationMethod(
                        id, type, map.getString("controller"), map.getString("publicKeyMultibase")));
            }
        }
        return List.copyOf(methods);
    }

    private static List<LexMap> maps(@Nullable LexArray values) {
        List<LexMap> maps = new ArrayList<>();
        for (LexValue value : values == null ? LexArray.of() : values) {
            if (value instanceof LexMap map) {
                maps.add(map);
            }
        }
        return maps;
    }
}
