package com.example.consumer;

import app.bsky.feed.GetTimeline;
import dev.atlex.client.Client;
import dev.atlex.client.LazyAgent;
import dev.atlex.client.XrpcException;
import dev.atlex.schema.LexObject;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.SessionStore;
import io.helidon.config.Config;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;

/** A web server with one account. */
final class Server implements AutoCloseable {
    final LazyAgent<PasswordSession> agent;
    private final Client client;
    private final WebServer web;

    Server(Config config, SessionStore store) {
        Credentials credentials = Credentials.of(
                config.get("service").asString().get(),
                config.get("handle").asString().get(),
                config.get("password").asString().get());
        agent = LazyAgent.of(() -> PasswordSession.open(credentials, store));
        client = new Client(agent);
        web = WebServer.builder().host("127.0.0.1").port(0).routing(this::routing).build().start();
    }

    private void routing(HttpRouting.Builder routing) {
        routing.get("/timeline", (request, response) ->
                        send(response, client.call(GetTimeline.QUERY, p -> p.limit(20))))
                .error(XrpcException.class, (request, response, e) ->
                        response.status(Status.BAD_GATEWAY_502).send());
    }

    private static void send(ServerResponse response, LexObject value) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(value.toJson());
    }

    int port() {
        return web.port();
    }

    @Override
    public void close() {
        web.stop();
        agent.close();
    }
}
