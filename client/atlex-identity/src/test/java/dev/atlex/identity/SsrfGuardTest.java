package dev.atlex.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.identity.internal.SsrfGuard;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the guard as link cards use it: with plain http, and a deadline for each request. */
class SsrfGuardTest {
    private final List<URI> sent = new ArrayList<>();

    private SsrfGuard guard(SsrfGuard.Lookup lookup) {
        return new SsrfGuard(
                request -> {
                    sent.add(request.uri());
                    return TransportResponse.of(200, HttpHeaders.of(), new byte[0]);
                },
                false,
                lookup,
                Duration.ofMinutes(5));
    }

    private static TransportRequest get(String url) {
        return TransportRequest.get(URI.create(url)).build();
    }

    @Test
    void plainHttp_isAllowedOnlyOnRequest() {
        SsrfGuard guard = guard(PublicHosts.LOOKUP);
        assertThatThrownBy(() -> guard.send(get("http://public.com/"))).isInstanceOf(ForbiddenHostException.class);
        assertThat(sent).isEmpty();
        guard.withPlainHttp().send(get("http://public.com/"));
        assertThat(sent).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://private.com/",
                "http://mixed.com/",
                "http://127.0.0.1/",
                "http://localhost/",
                "http://a.test/"
            })
    void plainHttp_toAPrivateHostIsRefused(String url) {
        SsrfGuard guard = guard(PublicHosts.LOOKUP).withPlainHttp();
        assertThatThrownBy(() -> guard.send(get(url))).isInstanceOf(ForbiddenHostException.class);
        assertThat(sent).isEmpty();
    }

    /** A company's proxy looks up public names that this machine can't resolve. */
    @Test
    void unknownHost_isLeftToTheProxy() {
        SsrfGuard direct = guard(PublicHosts.LOOKUP);
        assertThatThrownBy(() -> direct.send(get("https://unknown.com/"))).isInstanceOf(TransportException.class);
        assertThat(sent).isEmpty();

        SsrfGuard proxied = new SsrfGuard(new ProxiedTransport(sent), false, PublicHosts.LOOKUP, Duration.ofMinutes(5));
        proxied.send(get("https://unknown.com/"));
        assertThat(sent).containsExactly(URI.create("https://unknown.com/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://private.com/",
                "https://mixed.com/",
                "https://127.0.0.1/",
                "https://localhost/",
                "https://intranet/",
                "https://a.internal/",
                "http://public.com/"
            })
    void privateHost_isRefusedBehindAProxyToo(String url) {
        SsrfGuard proxied = new SsrfGuard(new ProxiedTransport(sent), false, PublicHosts.LOOKUP, Duration.ofMinutes(5));

        assertThatThrownBy(() -> proxied.send(get(url))).isInstanceOf(ForbiddenHostException.class);
        assertThat(sent).isEmpty();
    }

    private record ProxiedTransport(List<URI> sent) implements Transport {
        @Override
        public TransportResponse send(TransportRequest request) {
            sent.add(request.uri());
            return TransportResponse.of(200, HttpHeaders.of(), new byte[0]);
        }

        @Override
        public boolean isProxied(URI url) {
            return true;
        }
    }

    @Test
    @Timeout(60)
    void lookupThatHangs_endsAtTheDeadlineOfTheRequest() {
        CountDownLatch never = new CountDownLatch(1);
        SsrfGuard guard = guard(host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[0];
        });
        TransportRequest request = TransportRequest.get(URI.create("https://public.com/"))
                .timeout(Duration.ofMillis(50))
                .build();
        assertThatThrownBy(() -> guard.send(request)).isInstanceOf(TransportTimeoutException.class);
        never.countDown();
    }

    @Test
    void hugeTimeout_meansNoLimit() {
        SsrfGuard patient = new SsrfGuard(
                request -> {
                    sent.add(request.uri());
                    return TransportResponse.of(200, HttpHeaders.of(), new byte[0]);
                },
                false,
                PublicHosts.LOOKUP,
                Duration.ofSeconds(Long.MAX_VALUE));
        patient.send(get("https://public.com/"));
        assertThat(sent).hasSize(1);
    }
}
