package dev.atlex.spring.test;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.testkit.LocalPds;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;

/**
 * An {@link IdentityResolver} that finds the accounts of a {@link LocalPds}, so that users can sign in with their
 * handle.
 */
final class LocalPdsResolver {
    private static final String TXT = "_atproto.";
    private static final int OK = 200;

    private final LocalPds pds;
    private final HttpClient http = HttpClient.newHttpClient();

    private LocalPdsResolver(LocalPds pds) {
        this.pds = pds;
    }

    /** Registers the resolver as a bean. Any resolver that the application defines replaces it. */
    static void register(LocalPds pds, DefaultListableBeanFactory beans) {
        RootBeanDefinition definition =
                new RootBeanDefinition(IdentityResolver.class, () -> new LocalPdsResolver(pds).resolver());
        definition.setFallback(true);
        beans.registerBeanDefinition("localPdsIdentityResolver", definition);
    }

    private IdentityResolver resolver() {
        return IdentityResolver.builder()
                .plcUrl(pds.plcUrl())
                .dns(this::txtRecords)
                .allowPrivateAddresses(true)
                .build();
    }

    private List<String> txtRecords(String name) {
        String handle = name.startsWith(TXT) ? name.substring(TXT.length()) : name;
        if (!pds.hasAccount(handle)) {
            return List.of();
        }
        URI uri = pds.url()
                .resolve("/xrpc/com.atproto.identity.resolveHandle?handle="
                        + URLEncoder.encode(handle, StandardCharsets.UTF_8));
        try {
            HttpResponse<byte[]> response =
                    http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
            return response.statusCode() == OK
                            && LexValue.parseJson(response.body(), ReadOptions.LENIENT) instanceof LexMap found
                    ? List.of("did=" + found.getString("did"))
                    : List.of();
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
