package com.example.site;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Configures Spring Security to leave sign-ins to Atlex, for the tests. The site itself doesn't need Spring Security.
 */
@Configuration(proxyBeanMethods = false)
class SiteSecurity {
    @Bean
    SecurityFilterChain site(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
                .csrf(csrf -> csrf.ignoringRequestMatchers("/oauth/**"))
                .build();
    }
}
