package dev.atlex.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.identity.internal.SsrfGuard;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.UserInput;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Finds the DID of a handle in the DNS, or on the handle's website if the DNS has none. The two are queried in
 * sequence, because the DNS takes precedence and usually responds before a TLS connection can be established.
 */
final class HandleLookup {
    private static final int MAX_SHOWN = 80;
    private static final int MAX_BODY = 2048;
    private static final int MAX_REDIRECTS = 5;

    private final TxtRecords records;
    private final HttpFetcher web;
    private final SsrfGuard guard;

    HandleLookup(TxtRecords records, HttpFetcher web, SsrfGuard guard) {
        this.records = records;
        this.web = web;
        this.guard = guard;
    }

    /**
     * The result of one method: a DID, or the reason why there is none, with the failure if the lookup failed.
     *
     * @param indented the DID of an indented record, which other resolvers ignore; used only if there is no other DID
     */
    private record Outcome(
            @Nullable Did did,
            @Nullable Did indented,
            String reason,
            @Nullable RuntimeException failure) {
        static Outcome found(Did did) {
            return new Outcome(did, null, "", null);
        }

        static Outcome nothing(String reason) {
            return new Outcome(null, null, reason, null);
        }

        static Outcome failed(RuntimeException failure) {
            return new Outcome(null, null, String.valueOf(failure.getMessage()), failure);
        }
    }

    /** @param handle the handle in lowercase */
    Did did(Handle handle) {
        guard.checkDomain(handle.toString());
        Outcome dns = byDns(handle);
        if (dns.did() != null) {
            return dns.did();
        }
        Outcome website = byWebsite(handle);
        if (website.did() != null) {
            return website.did();
        }
        if (dns.indented() != null) {
            return dns.indented();
        }
        String message = "failed to resolve the handle " + handle + ": " + dns.reason() + "; " + website.reason();
        if (dns.failure() == null && website.failure() == null) {
            throw new HandleNotFoundException(handle, message, null);
        }
        if (dns.failure() == null && website.failure() instanceof ForbiddenHostException forbidden) {
            throw forbidden;
        }
        IdentityLookupException failure =
                new IdentityLookupException(message, dns.failure() == null ? website.failure() : dns.failure());
        if (dns.failure() != null && website.failure() != null) {
            failure.addSuppressed(website.failure());
        }
        throw failure;
    }

    private Outcome byDns(Handle handle) {
        String name = "_atproto." + handle;
        if (name.length() > TxtRecords.MAX_NAME) {
            return Outcome.nothing(name + " is too long for a DNS name");
        }
        try {
            TxtRecords.Found found = records.dids(name);
            if (found.dids().size() > 1) {
                // The specification requires a failure here instead of a fallback to the website.
                throw new HandleNotFoundException(
                        handle, "failed to resolve the handle " + handle + ": " + found.describe(), null);
            }
            return found.dids().isEmpty()
                    ? new Outcome(null, found.only(), found.describe(), null)
                    : Outcome.found(found.dids().get(0));
        } catch (DnsException e) {
            return Outcome.failed(e);
        }
    }

    private Outcome byWebsite(Handle handle) {
        URI url = URI.create("https://" + handle + "/.well-known/atproto-did");
        try {
            for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
                HttpFetcher.Page page = web.get(url, "text/plain, */*;q=0.5", MAX_BODY);
                if (page.isSuccess()) {
                    return ofBody(url, new String(page.body(), UTF_8));
                }
                URI next = page.location() == null ? null : target(url, page);
                if (next == null) {
                    return ofStatus(url, page.status());
                }
                url = next;
            }
            return Outcome.nothing("https://" + handle + " redirects more than " + MAX_REDIRECTS + " times");
        } catch (TransportInterruptedException e) {
            throw e;
        } catch (ResponseTooLargeException e) {
            return Outcome.nothing(show(url) + " returned more than " + MAX_BODY + " bytes");
        } catch (TransportException e) {
            return SsrfGuard.isUnknownHost(e) ? Outcome.nothing("unknown host " + url.getHost()) : Outcome.failed(e);
        } catch (ForbiddenHostException e) {
            return Outcome.failed(e);
        }
    }

    private static Outcome ofBody(URI url, String body) {
        // The author of the file can't see a byte order mark or no-break space around the DID.
        String line = UserInput.strip(UserInput.strip(body).lines().findFirst().orElse(""));
        return Did.isValid(line)
                ? Outcome.found(Did.unchecked(line))
                : Outcome.nothing(show(url) + " did not return a valid DID");
    }

    private static Outcome ofStatus(URI url, int status) {
        String reason = show(url) + " returned status " + status;
        return status >= 500 || status == 429
                ? Outcome.failed(new IdentityLookupException(reason, null))
                : Outcome.nothing(reason);
    }

    /**
     * Returns the target of a redirect, or null if the response isn't a redirect to a usable URL. The guard checks the
     * host later.
     */
    private static @Nullable URI target(URI url, HttpFetcher.Page page) {
        String location = page.location();
        boolean redirect = switch (page.status()) {
            case 301, 302, 303, 307, 308 -> true;
            default -> false;
        };
        if (!redirect || location == null) {
            return null;
        }
        try {
            URI target = url.resolve(location);
            return Origins.isUsable(target) ? target : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns the URL without its query, because a redirect can put arbitrary text there. */
    private static String show(URI url) {
        return Excerpt.line(url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath(), MAX_SHOWN);
    }
}
