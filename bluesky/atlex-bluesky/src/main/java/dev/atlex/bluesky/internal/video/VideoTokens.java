package dev.atlex.bluesky.internal.video;

import app.bsky.video.GetUploadLimits;
import com.atproto.repo.UploadBlob;
import com.atproto.server.DescribeServer;
import com.atproto.server.GetServiceAuth;
import com.atproto.server.GetSession;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.internal.Hosts;
import dev.atlex.client.transport.Deadline;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.identity.DidDocument;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Gets the tokens with which the video service acts for an account. The session's own token is never sent to it.
 *
 * <p>The audience of an upload token isn't the video service but the account's own server: the service forwards the
 * token when it stores the finished video there. A token for a wrong audience or method is rejected only then, after
 * the whole upload.
 */
public final class VideoTokens {
    /**
     * The service needs the token when it has finished encoding. The reference server allows a lifetime of at most an
     * hour.
     */
    private static final Duration UPLOAD_LIFETIME = Duration.ofMinutes(30);

    private static final String DID_WEB = "did:web:";

    private final Client client;
    private final URI service;
    private final @Nullable Did serviceDid;
    private final @Nullable Did pdsDid;
    private final Clock clock;

    /**
     * @param serviceDid the DID of the video service; null for the {@code did:web} of its host
     * @param pdsDid the DID of the account's server; null to ask the server
     */
    public VideoTokens(Client client, URI service, @Nullable Did serviceDid, @Nullable Did pdsDid, Clock clock) {
        this.client = client;
        this.service = service;
        this.serviceDid = serviceDid;
        this.pdsDid = pdsDid;
        this.clock = clock;
    }

    /** Returns a token for uploading a video. */
    String forUpload(Deadline deadline) {
        long expiry = clock.instant().plus(UPLOAD_LIFETIME).getEpochSecond();
        Did audience = pdsDid == null ? askForPdsDid(deadline) : pdsDid;
        return client.call(
                        GetServiceAuth.QUERY,
                        p -> p.aud(audience.toString()).lxm(UploadBlob.NSID).exp(expiry),
                        options(deadline))
                .token();
    }

    /** Returns a token for reading the account's limits. */
    String forLimits(Deadline deadline) {
        Did audience = serviceDid == null ? didOfHost(service) : serviceDid;
        return client.call(
                        GetServiceAuth.QUERY,
                        p -> p.aud(audience.toString()).lxm(GetUploadLimits.NSID),
                        options(deadline))
                .token();
    }

    /**
     * Returns the DID of the account's server. A server knows its own DID, but the response may come from an entryway
     * in front of it, such as bsky.social. So the host in the account's DID document takes precedence.
     */
    private Did askForPdsDid(Deadline deadline) {
        Did own = client.call(DescribeServer.QUERY, p -> {}, options(deadline)).did();
        LexMap document =
                client.call(GetSession.QUERY, p -> {}, options(deadline)).didDoc();
        URI pds = document == null ? null : pds(document);
        // The DID of a reference server on localhost doesn't contain its port either.
        if (pds == null || Hosts.isPrivate(pds.getHost()) || !own.toString().startsWith(DID_WEB)) {
            return own;
        }
        return didOfHost(pds);
    }

    private static @Nullable URI pds(LexMap document) {
        try {
            return DidDocument.of(document).pds();
        } catch (LexDataException e) {
            return null;
        }
    }

    /** Returns the {@code did:web} of a server. */
    private static Did didOfHost(URI url) {
        String port = url.getPort() < 0 ? "" : "%3A" + url.getPort();
        return Did.of(DID_WEB + url.getHost().toLowerCase(Locale.ROOT) + port);
    }

    private static CallOptions options(Deadline deadline) {
        return CallOptions.of(o -> o.timeout(deadline.leftWithin(CallOptions.DEFAULTS.timeout()))
                .retries(3)
                .noProxy());
    }
}
