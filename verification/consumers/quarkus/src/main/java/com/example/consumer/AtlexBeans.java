package com.example.consumer;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.client.Client;
import dev.atlex.client.LazyAgent;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** One account for the whole application. */
class AtlexBeans {
    @Produces
    @Singleton
    SessionStore store(@ConfigProperty(name = "atlex.store") Path folder) {
        return new FileSessionStore(folder);
    }

    @Produces
    @Singleton
    LazyAgent<PasswordSession> agent(
            SessionStore store,
            @ConfigProperty(name = "atlex.service") String service,
            @ConfigProperty(name = "atlex.handle") String handle,
            @ConfigProperty(name = "atlex.password") String password) {
        Credentials credentials = Credentials.of(service, handle, password);
        return LazyAgent.of(() -> PasswordSession.open(credentials, store));
    }

    void close(@Disposes LazyAgent<PasswordSession> agent) {
        agent.close();
    }

    @Produces
    @Singleton
    Client client(LazyAgent<PasswordSession> agent) {
        return new Client(agent);
    }

    @Produces
    @Singleton
    Bluesky bluesky(LazyAgent<PasswordSession> agent) {
        return Bluesky.of(agent);
    }
}
