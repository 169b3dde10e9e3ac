package dev.atlex.cli.runtime;

import dev.atlex.identity.DnsResolver;
import dev.atlex.identity.IdentityResolver;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Options for commands that resolve handles and DIDs, for private networks and tests. */
public final class IdentityOptions implements OptionGroup {
    private static final Duration DNS_TIMEOUT = Duration.ofSeconds(5);

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127\\.[0-9.]+|\\[::1]");

    private @Nullable String plc;
    private @Nullable String dns;
    private boolean allowPrivate;

    @Override
    public void addTo(CommandBuilder command) {
        command.add(Options.text(
                        "--plc",
                        "URL",
                        "Directory that resolves did:plc. Default: https://plc.directory.",
                        value -> plc = value))
                .add(Options.text(
                        "--dns",
                        "HOST:PORT",
                        "DNS server to query. Default: the system's DNS servers.",
                        value -> dns = value))
                .add(Options.flag(
                        "--allow-private",
                        "For tests: allow private addresses, servers without TLS, and handles ending in \".test\".",
                        value -> allowPrivate = value));
    }

    /** Returns whether any of the options is set. */
    public boolean isGiven() {
        return plc != null || dns != null || allowPrivate;
    }

    /**
     * Returns a resolver configured by the options.
     *
     * @throws Failure if an option is invalid
     */
    public IdentityResolver resolver(CommandContext context) {
        return resolver(context, null);
    }

    /**
     * Like {@link #resolver(CommandContext)}, for accounts on a server that the user specified. A server without TLS is
     * in a private network, so private addresses are allowed. A server on this machine is a test server, so it also
     * resolves {@code did:plc}, unless an option specifies a different directory.
     *
     * @param server the origin of the server, or null
     */
    public IdentityResolver resolver(CommandContext context, @Nullable URI server) {
        boolean plain = server != null && server.getScheme().equals("http");
        IdentityResolver.Builder builder =
                IdentityResolver.builder().transport(context.transport()).allowPrivateAddresses(allowPrivate || plain);
        if (plc == null
                && server != null
                && plain
                && LOOPBACK.matcher(server.getHost()).matches()) {
            builder.plcUrl(server);
        }
        if (plc != null) {
            try {
                builder.plcUrl(URI.create(plc));
            } catch (IllegalArgumentException e) {
                throw Failure.input("--plc: expected an http or https URL (got \"" + plc + "\")");
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
            // Reported below, like an address without a port.
        }
        throw Failure.input("--dns: expected HOST:PORT, for example 127.0.0.1:53 (got \"" + text + "\")");
    }
}
