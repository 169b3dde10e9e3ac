package com.example.site;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A site where users sign in with their own accounts, see their timelines, post, and sign out. */
@SpringBootApplication(proxyBeanMethods = false)
public class SiteApplication {
    public static void main(String[] args) {
        SpringApplication.run(SiteApplication.class, args);
    }
}
