package com.example.consumer;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.client.Client;
import dev.atlex.client.LazyAgent;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** One account for the whole application. */
@Factory
class AtlexFactory {
    private final LazyAgent agent;

    AtlexFactory(
            @Value("${atlex.store}") String store,
            @Value("${atlex.service}") String service,
            @Value("${atlex.handle}") String handle,
            @Value("${atlex.password}") String password) {
        SessionStore sessions = new FileSessionStore(Path.of(store));
        Credentials credentials = Credentials.of(service, handle, password);
        agent = LazyAgent.of(() -> PasswordSession.open(credentials, sessions));
    }

    @Singleton
    LazyAgent agent() {
        return agent;
    }

    @Singleton
    Client client() {
        return new Client(agent);
    }

    @Singleton
    Bluesky bluesky() {
        return Bluesky.of(agent);
    }

    @PreDestroy
    void close() {
        if (agent.obtained() instanceof PasswordSession session) {
            session.close();
        }
    }
}
