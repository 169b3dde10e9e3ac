package dev.atlex.cli.runtime;

import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.Secrets;
import java.io.PrintStream;
import java.net.URI;

/** Prints a line for each request with its method, URL, status and duration. Prints no headers and no bodies. */
final class VerboseTransport implements Transport {
    private final Transport transport;
    private final PrintStream err;
    private final Redactor redactor;

    VerboseTransport(Transport transport, PrintStream err, Redactor redactor) {
        this.transport = transport;
        this.err = err;
        this.redactor = redactor;
    }

    @Override
    public TransportResponse send(TransportRequest request) {
        long start = System.nanoTime();
        try {
            TransportResponse response = transport.send(request);
            log(request, start, Integer.toString(response.status()));
            return response;
        } catch (TransportException e) {
            log(request, start, "no response");
            throw e;
        }
    }

    @Override
    public boolean isProxied(URI url) {
        return transport.isProxied(url);
    }

    private void log(TransportRequest request, long start, String outcome) {
        long millis = (System.nanoTime() - start) / 1_000_000;
        String authorization = request.headers().first("authorization") == null ? "" : ", Authorization: ***";
        err.println(redactor.line(request.method() + " " + redacted(request.uri()) + " -> " + outcome + " (" + millis
                + " ms" + authorization + ")"));
        err.flush();
    }

    private static String redacted(URI uri) {
        StringBuilder text = new StringBuilder()
                .append(uri.getScheme())
                .append("://")
                .append(uri.getRawAuthority())
                .append(uri.getRawPath());
        if (uri.getRawQuery() != null) {
            char separator = '?';
            for (String parameter : uri.getRawQuery().split("&")) {
                int equals = parameter.indexOf('=');
                boolean secret = equals >= 0 && Secrets.isSecret(parameter.substring(0, equals));
                text.append(separator)
                        .append(secret ? parameter.substring(0, equals + 1) + Secrets.REDACTED : parameter);
                separator = '&';
            }
        }
        return text.toString();
    }
}
