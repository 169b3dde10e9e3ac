package dev.atlex.conformance;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An agent that simulates the end of its process at one of the requests. All later calls fail, too.
 *
 * @param step the number of the request, from 1
 * @param processed whether the server processes that request
 */
record DyingAgent(Agent agent, int step, boolean processed, AtomicInteger requests) implements Agent {
    DyingAgent(Agent agent, int step, boolean processed) {
        this(agent, step, processed, new AtomicInteger());
    }

    /** Simulates the end of the process. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public @Nullable Did did() {
        return agent.did();
    }

    @Override
    public TransportResponse send(AgentRequest request) {
        int number = requests.incrementAndGet();
        if (number > step || number == step && !processed) {
            throw new Killed();
        }
        TransportResponse response = agent.send(request);
        if (number == step) {
            response.readAll();
            throw new Killed();
        }
        return response;
    }
}
