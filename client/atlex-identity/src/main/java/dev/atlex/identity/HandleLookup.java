package dev.atlex.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.client.internal.Origins;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.UserInput;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * From a handle to the DID that its domain names, in the DNS or, where that has nothing to say, on its website. One after
 * the other: the DNS would win in any case, and most of its answers come sooner than a TLS connection is made.
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
     * What one of the two ways came to: a DID, or why there is none; the failure where that is not for sure.
     *
     * @param indented the DID of a record that other resolvers don't see, for when there is no other
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

    /** @param handle in lower case */
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
        String message = "the handle " + handle + " could not be resolved: " + dns.reason() + "; " + website.reason();
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
            return Outcome.nothing("it is too long to be asked for in the DNS");
        }
        try {
            TxtRecords.Found found = records.dids(name);
            if (found.dids().size() > 1) {
                // The specification wants a failure here, not a look at the website.
                throw new HandleNotFoundException(
                        handle, "the handle " + handle + " could not be resolved: " + found.describe(), null);
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
            return Outcome.nothing(show(url) + " answered more than " + MAX_BODY + " bytes");
        } catch (TransportException e) {
            return HttpFetcher.isUnknownHost(e)
                    ? Outcome.nothing("there is no host " + url.getHost())
                    : Outcome.failed(e);
        } catch (ForbiddenHostException e) {
            return Outcome.failed(e);
        }
    }

    private static Outcome ofBody(URI url, String body) {
        // A byte order mark or a no-break space around the DID is invisible to whoever wrote the file.
        String line = UserInput.strip(UserInput.strip(body).lines().findFirst().orElse(""));
        return Did.isValid(line) ? Outcome.found(Did.unchecked(line)) : Outcome.nothing(show(url) + " answered no DID");
    }

    private static Outcome ofStatus(URI url, int status) {
        String reason = show(url) + " answered " + status;
        return status >= 500 || status == 429
                ? Outcome.failed(new IdentityLookupException(reason, null))
                : Outcome.nothing(reason);
    }

    /** Where a redirect leads, or null if the answer is none or leads nowhere. Whether it may is for the guard to say. */
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

    /** Without query, in which a redirect may carry anything. */
    private static String show(URI url) {
        return Excerpt.line(url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath(), MAX_SHOWN);
    }
}
