package com.example.consumer;

import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A web application with one account. Its main method starts it with a LocalPds and checks it over HTTP. */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {
    public static void main(String[] args) throws Exception {
        try (LocalPds pds = LocalPds.start()) {
            TestAccount alice = pds.createAccount("alice.test", "alice-password");
            try (ConfigurableApplicationContext context = SpringApplication.run(
                    Application.class,
                    "--atlex.service=" + pds.url(),
                    "--atlex.handle=" + alice.handle(),
                    "--atlex.password=" + alice.password())) {
                Checks.check(pds.requests().isEmpty(), "the application starts without sending a request");
                String port = context.getEnvironment().getRequiredProperty("local.server.port");
                new Checks("http://localhost:" + port).run(pds, alice);
            }
        }
        System.out.println("Done: Spring Boot " + SpringBootVersion.getVersion() + ", Java "
                + Runtime.version().feature() + ", "
                + MeterRegistry.class.getProtectionDomain().getCodeSource().getLocation().getPath().replaceAll(".*/", ""));
    }
}
