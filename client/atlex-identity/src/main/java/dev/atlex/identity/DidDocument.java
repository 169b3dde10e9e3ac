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
 * A DID document: what an account says about itself, with the means of the AT Protocol to read it.
 *
 * <p>Documents are written by strangers and by other protocols, so only the {@code id} must be right. An entry that does
 * not have the form that the protocol gives it is passed over; {@link #json()} has all that is there.
 *
 * @see <a href="https://atproto.com/specs/did#did-documents">AT Protocol: DID documents</a>
 */
public final class DidDocument {
    private static final int MAX_SHOWN = 80;

    /** Documents are flat; nobody needs to nest deeper than this. */
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
     * A service of the account. What it is called stands behind the {@code #} of its id.
     *
     * @param id as it is written: {@code #atproto_pds}, or with the DID before it
     * @param type for example {@code AtprotoPersonalDataServer}
     * @param endpoint usually a URL; not checked
     */
    public record Service(String id, String type, String endpoint) {}

    /**
     * A key of the account.
     *
     * @param id as it is written: {@code #atproto}, or with the DID before it
     * @param type for example {@code Multikey}
     * @param controller the DID that controls the key; null where it is not said
     * @param publicKeyMultibase the key, encoded as its type demands; null where it is given in another way
     */
    public record VerificationMethod(
            String id,
            String type,
            @Nullable String controller,
            @Nullable String publicKeyMultibase) {}

    /**
     * The document in this JSON.
     *
     * @throws InvalidDidDocumentException if it is no JSON object, or its {@code id} is no DID
     */
    public static DidDocument parse(byte[] json) {
        LexValue value;
        try {
            value = LexValue.parseJson(json, READING);
        } catch (LexException e) {
            throw new InvalidDidDocumentException("the DID document is not readable: " + e.getMessage(), e);
        }
        if (!(value instanceof LexMap map)) {
            throw new InvalidDidDocumentException("the DID document is no JSON object", null);
        }
        return of(map);
    }

    /**
     * The document of this tree, as the {@code didDoc} of a session.
     *
     * @throws InvalidDidDocumentException if its {@code id} is no DID
     */
    public static DidDocument of(LexMap json) {
        String id = json.getString("id");
        if (id == null) {
            throw new InvalidDidDocumentException("the DID document has no id, or one that is no string", null);
        }
        if (!Did.isValid(id)) {
            throw new InvalidDidDocumentException(
                    "the id of the DID document is no DID: " + Excerpt.quote(id, MAX_SHOWN), null);
        }
        return new DidDocument(json, Did.unchecked(id));
    }

    /** The DID that the document is of. */
    public Did id() {
        return id;
    }

    /** The account's other names, as URIs, in their order; not checked. */
    public List<String> alsoKnownAs() {
        return alsoKnownAs;
    }

    /** The services with an id, a type and an endpoint that are strings, in their order. */
    public List<Service> services() {
        return services;
    }

    /** The keys with an id and a type that are strings, in their order. */
    public List<VerificationMethod> verificationMethods() {
        return verificationMethods;
    }

    /** The document as it is, with all that the protocol has no name for. */
    public LexMap json() {
        return json;
    }

    /**
     * The handle that the document claims, in lower case: the first of {@link #alsoKnownAs()} that is {@code at://} and a
     * handle and no more. Null if there is none. It is a claim: {@link IdentityResolver#resolve} verifies it.
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
     * The first service of that name and type, or null if there is none.
     *
     * @param name what stands behind the {@code #} of its id
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
     * The origin of the account's server, {@code http} or {@code https}: the first service {@code #atproto_pds} of type
     * {@code AtprotoPersonalDataServer}. Null if there is none, or it has no such URL or one with a user name. A path is
     * left out, as XRPC has none before its own.
     */
    public @Nullable URI pds() {
        Service service = service("atproto_pds", "AtprotoPersonalDataServer");
        return service == null ? null : Origins.find(service.endpoint());
    }

    /**
     * The key that signs the account's repository, as multibase text ({@code z…}): the first method {@code #atproto} of
     * type {@code Multikey} that the account itself controls. Null if there is none. The forms from before
     * {@code Multikey} encode keys in another way and are found in {@link #verificationMethods()} only.
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

    /** Whether the other is a document of the same content. */
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

    /** Ids are fragments, with the DID before them or without. */
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
