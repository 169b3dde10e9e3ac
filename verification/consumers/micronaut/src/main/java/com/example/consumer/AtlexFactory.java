package com.example.consumer;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.client.Client;
import dev.atlex.client.LazyAgent;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.nio.file.Path;

/** One account for the whole application. */
@Factory
class AtlexFactory {
    @Bean(preDestroy = "close")
    @Singleton
    LazyAgent<PasswordSession> agent(
            @Value("${atlex.store}") String store,
            @Value("${atlex.service}") String service,
            @Value("${atlex.handle}") String handle,
            @Value("${atlex.password}") String password) {
        SessionStore sessions = new FileSessionStore(Path.of(store));
        Credentials credentials = Credentials.of(service, handle, password);
        return LazyAgent.of(() -> PasswordSession.open(credentials, sessions));
    }

    @Singleton
    Client client(LazyAgent<PasswordSession> agent) {
        return new Client(agent);
    }

    @Singleton
    Bluesky bluesky(LazyAgent<PasswordSession> agent) {
        return Bluesky.of(agent);
    }
}
