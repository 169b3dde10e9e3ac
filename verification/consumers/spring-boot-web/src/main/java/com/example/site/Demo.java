package com.example.site;

import dev.atlex.identity.IdentityResolver;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs the site with accounts on a server in the same process, and checks it over HTTP. With the argument "serve", it
 * waits for you to open the site in a browser instead.
 */
public final class Demo {
    private Demo() {}

    public static void main(String[] args) throws Exception {
        boolean serve = List.of(args).contains("serve");
        try (LocalPds pds = LocalPds.start()) {
            TestAccount alice = pds.createAccount("alice.test", "password");
            TestAccount bob = pds.createAccount("bob.test", "password");
            Map<String, String> dids = Map.of(
                    "_atproto.alice.test", alice.did().toString(),
                    "_atproto.bob.test", bob.did().toString());
            IdentityResolver resolver = IdentityResolver.builder()
                    .plcUrl(pds.plcUrl())
                    .dns(name -> dids.containsKey(name) ? List.of("did=" + dids.get(name)) : List.of())
                    .allowPrivateAddresses(true)
                    .build();
            try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SiteApplication.class)
                    .properties("server.port=0")
                    .initializers(created -> created.getBeanFactory().registerSingleton("resolver", resolver))
                    .run(args)) {
                String url = "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port");
                if (serve) {
                    System.out.println("Open " + url + " and sign in as alice.test or bob.test with the password \"password\".");
                    Thread.currentThread().join();
                }
                new SiteChecks(url, pds).run(alice, bob);
            }
            SiteChecks.check(pds.oauth().sessions(alice.did()) == 0, "no session after the end");
        }
        System.out.println("Done: sign-in with Spring Boot " + SpringBootVersion.getVersion());
    }
}
