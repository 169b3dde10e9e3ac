package dev.atlex.cli;

import dev.atlex.identity.DnsResolver;
import dev.atlex.identity.IdentityResolver;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that find accounts and their servers. For networks of one's own, and for tests. */
final class IdentityOptions {
    private static final Duration DNS_TIMEOUT = Duration.ofSeconds(5);

    @Option(
            names = "--plc",
            paramLabel = "URL",
            description = "The directory of DIDs did:plc; by default https://plc.directory.")
    private @Nullable String plc;

    @Option(
            names = "--dns",
            paramLabel = "HOST:PORT",
            description = "The DNS server to ask; by default those of the system.")
    private @Nullable String dns;

    @Option(
            names = "--allow-private",
            description = "For tests: servers may be on private addresses and without TLS, handles end in .test.")
    private boolean allowPrivate;

    boolean isGiven() {
        return plc != null || dns != null || allowPrivate;
    }

    /** @throws Failure if an option is wrong */
    IdentityResolver resolver(Atlex atlex) {
        IdentityResolver.Builder builder =
                IdentityResolver.builder().transport(atlex.transport()).allowPrivateAddresses(allowPrivate);
        if (plc != null) {
            try {
                builder.plcUrl(URI.create(plc));
            } catch (IllegalArgumentException e) {
                throw Failure.input("--plc takes an http or https URL");
            }
        }
        if (dns != null) {
            builder.dns(DnsResolver.of(List.of(address(dns)), DNS_TIMEOUT));
        }
        return builder.build();
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (colon > 0 && port > 0) {
                return new InetSocketAddress(text.substring(0, colon), port);
            }
        } catch (IllegalArgumentException e) {
            // Said below, as of one without a port.
        }
        throw Failure.input("--dns takes HOST:PORT, 127.0.0.1:53 say");
    }
}
