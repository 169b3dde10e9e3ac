package dev.atlex.conformance;

import org.junit.jupiter.api.Tag;

/** The scenarios on the reference PDS. */
@Tag("reference")
class ReferencePdsConformanceTest extends Conformance {
    @Override
    Server server() {
        return new ReferenceServer(ReferenceNetwork.shared());
    }
}
