package dev.atlex.spring.test;

import dev.atlex.session.SignInLimit;
import dev.atlex.spring.SessionOptionsCustomizer;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The example in docs/spring-boot.md. */
@Configuration(proxyBeanMethods = false)
class SessionsConfiguration {
    @Bean
    SessionOptionsCustomizer sessions(Clock clock) {
        return options -> options.clock(clock).signInLimit(SignInLimit.of(3, 20));
    }
}
