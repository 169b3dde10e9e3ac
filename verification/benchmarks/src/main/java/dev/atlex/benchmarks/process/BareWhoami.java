package dev.atlex.benchmarks.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * The smallest Java program for the same request: it makes one call with java.net.http and prints the unchanged
 * response.
 */
public final class BareWhoami {
    private BareWhoami() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(args[0] + "/xrpc/com.atproto.server.getSession"))
                .header("authorization", "Bearer " + args[1])
                .build();
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        System.out.println(client.send(request, BodyHandlers.ofString()).body());
    }
}
