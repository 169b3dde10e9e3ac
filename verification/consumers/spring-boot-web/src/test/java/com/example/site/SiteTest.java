package com.example.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.atlex.spring.test.AutoConfigureLocalPds;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@SpringBootTest
@AutoConfigureLocalPds
class SiteTest {
    private static final String SITE = "http://127.0.0.1";

    @Autowired
    private LocalPds pds;

    @Autowired
    private TestAccount alice;

    @Autowired
    private WebApplicationContext context;

    private final MockHttpSession browser = new MockHttpSession();
    private MockMvc mvc;

    @BeforeEach
    void setUp() {
        mvc = mvc(context);
    }

    MockMvc mvc(WebApplicationContext context) {
        return MockMvcBuilders.webAppContextSetup(context).build();
    }

    MockHttpServletResponse send(MockHttpServletRequestBuilder request) throws Exception {
        return mvc.perform(request.session(browser).header("Origin", SITE).header("Accept", "text/html").with(sent -> {
                    sent.setServerName("127.0.0.1");
                    return sent;
                }))
                .andReturn()
                .getResponse();
    }

    void signIn() throws Exception {
        MockHttpServletResponse login = send(post("/oauth/login").param("account", alice.handle()));
        URI callback = pds.authorize(URI.create(login.getRedirectedUrl()), alice);
        MockHttpServletResponse done = send(get(callback).cookie(login.getCookies()));
        assertThat(done.getStatus()).isEqualTo(303);
    }

    /** Returns the token that Spring Security adds to forms, or an empty text without Spring Security. */
    static String token(String page) {
        return page.contains("name=\"_csrf\"") ? page.replaceAll("(?s).*name=\"_csrf\" value=\"([^\"]*)\".*", "$1") : "";
    }

    @Test
    void userSignsInAndPosts() throws Exception {
        assertThat(send(get("/")).getContentAsString()).contains("Your handle");
        signIn();
        String page = send(get("/")).getContentAsString();
        assertThat(page).contains("alice.test");

        int before = pds.records(alice.did(), "app.bsky.feed.post").size();
        send(post("/posts").param("text", "Hello").param("_csrf", token(page)));
        assertThat(pds.records(alice.did(), "app.bsky.feed.post")).hasSize(before + 1);
        assertThat(send(get("/")).getContentAsString()).contains("Hello");
    }

    @Test
    void settings_needAUser() throws Exception {
        assertThat(send(get("/settings")).getHeader("Location")).isEqualTo(SITE + "/");
        signIn();
        assertThat(send(get("/settings")).getContentAsString()).contains(alice.did().toString());
    }

    @Test
    void refusal_isShown() throws Exception {
        MockHttpServletResponse login = send(post("/oauth/login").param("account", alice.handle()));
        URI callback = pds.deny(URI.create(login.getRedirectedUrl()));
        send(get(callback).cookie(login.getCookies()));

        assertThat(send(get("/")).getContentAsString()).contains("You didn&#39;t allow this site");
    }
}
