package com.example.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The same tests, with Spring Security's filters. */
class SecuredSiteTest extends SiteTest {
    @Override
    MockMvc mvc(WebApplicationContext context) {
        Filter security = context.getBean("springSecurityFilterChain", Filter.class);
        return MockMvcBuilders.webAppContextSetup(context).addFilters(security).build();
    }

    @Test
    void formsOfTheSiteNeedAToken() throws Exception {
        signIn();
        assertThat(send(post("/posts").param("text", "Hello")).getStatus()).isEqualTo(403);
        assertThat(token(send(get("/")).getContentAsString())).isNotEmpty();
    }
}
