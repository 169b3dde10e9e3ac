package dev.atlex.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Registers the Jackson modules with the application's mappers, so that controllers can return Atlex's types and accept
 * them as request bodies. Spring Boot 3 uses Jackson 2, and Spring Boot 4 uses both Jackson 2 and Jackson 3.
 */
@AutoConfiguration
public class AtlexJacksonAutoConfiguration {
    /** Creates a configuration. */
    public AtlexJacksonAutoConfiguration() {}

    /** Registers the module for Jackson 2. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({com.fasterxml.jackson.databind.Module.class, dev.atlex.jackson2.AtlexModule.class})
    static class Jackson2 {
        @Bean
        @ConditionalOnMissingBean
        dev.atlex.jackson2.AtlexModule atlexJackson2Module() {
            return new dev.atlex.jackson2.AtlexModule();
        }
    }

    /** Registers the module for Jackson 3. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({tools.jackson.databind.JacksonModule.class, dev.atlex.jackson3.AtlexModule.class})
    static class Jackson3 {
        @Bean
        @ConditionalOnMissingBean
        dev.atlex.jackson3.AtlexModule atlexJackson3Module() {
            return new dev.atlex.jackson3.AtlexModule();
        }
    }
}
