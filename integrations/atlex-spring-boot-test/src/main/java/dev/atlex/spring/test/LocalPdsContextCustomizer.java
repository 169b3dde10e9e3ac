package dev.atlex.spring.test;

import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

/**
 * Starts a context's server. This is a record because Spring shares a context between test classes whose customizers
 * are equal.
 *
 * @param handle the account's handle
 * @param password the account's password
 */
record LocalPdsContextCustomizer(String handle, String password) implements ContextCustomizer {
    /** The name of the server's bean. */
    static final String BEAN = "localPds";

    private static final String RESOLVER = "dev.atlex.identity.IdentityResolver";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        LocalPds pds = LocalPds.start();
        TestAccount account = pds.createAccount(handle, password);
        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerSingleton(BEAN, pds);
        beans.registerSingleton("localPdsAccount", account);
        // Beans are destroyed in the reverse order of registration, so the application can still log out.
        beans.registerDisposableBean(BEAN, pds::close);
        if (ClassUtils.isPresent(RESOLVER, getClass().getClassLoader())) {
            LocalPdsResolver.register(pds, beans);
        }
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "LocalPds",
                        Map.of(
                                "atlex.service",
                                pds.url().toString(),
                                "atlex.handle",
                                handle,
                                "atlex.password",
                                password,
                                "atlex.proxy",
                                "",
                                "atlex.store.type",
                                "memory")));
    }

    @Override
    public String toString() {
        return "LocalPds[" + handle + "]";
    }
}
