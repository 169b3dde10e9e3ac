package dev.atlex.testkit.internal.oauth;

import dev.atlex.testkit.internal.Response;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages of the authorization server: plain HTML, without scripts. Labels and buttons read as on the reference
 * server, so that the same browser test can operate both.
 */
final class Html {
    private static final String STYLE = "body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:3rem auto;"
            + "padding:0 1rem;color:#111}h1{font-size:1.4rem}label{display:block;margin:.8rem 0}"
            + "input[type=text],input[type=password]{display:block;width:100%;box-sizing:border-box;padding:.5rem;"
            + "font:inherit}button{font:inherit;padding:.5rem 1rem;margin:.8rem .5rem 0 0}.error{color:#a40000}"
            + "code{font-size:.85rem;word-break:break-all}ul{list-style:none;padding:0}";

    private Html() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static Response page(int status, String title, String body) {
        String html = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" + escaped(title)
                + "</title>\n<style>"
                + STYLE + "</style>\n</head>\n<body>\n<main>\n<h1>" + escaped(title) + "</h1>\n" + body
                + "</main>\n</body>\n</html>\n";
        return Response.text(status, "text/html; charset=utf-8", html)
                .with("cache-control", "no-store")
                .with(
                        "content-security-policy",
                        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'")
                .with("referrer-policy", "same-origin")
                .with("x-frame-options", "DENY");
    }

    static Response error(String message) {
        return page(400, "Error", alert(message));
    }

    /** The request and the browser that a page's forms belong to. */
    record Context(Client client, AuthorizationRequest request, Device device) {
        /** Returns the start of a form, with the fields that every form has. */
        String form(String action) {
            return "<form method=\"post\" action=\"" + SignInPages.PATH + "\">\n" + hidden("action", action)
                    + hidden("client_id", client.id())
                    + hidden("request_uri", AuthorizationRequests.uri(request))
                    + hidden("csrf_token", device.csrfToken);
        }
    }

    private static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + escaped(value) + "\">\n";
    }

    private static String alert(@Nullable String message) {
        return message == null ? "" : "<p class=\"error\" role=\"alert\">" + escaped(message) + "</p>\n";
    }

    private static String text(String label, String name, String value, String autocomplete) {
        return "<label>" + label + "<input type=\"text\" name=\"" + name + "\" value=\"" + escaped(value)
                + "\" autocomplete=\"" + autocomplete + "\" autocapitalize=\"none\" required></label>\n";
    }

    private static String password(String autocomplete) {
        return "<label>Password<input type=\"password\" name=\"password\" autocomplete=\"" + autocomplete
                + "\" required></label>\n";
    }

    private static String button(String label) {
        return "<button type=\"submit\">" + label + "</button>\n";
    }

    private static String cancel(Context context, String label) {
        return context.form("deny") + button(label) + "</form>\n";
    }

    private static String intro(Client client) {
        return "<p><strong>" + escaped(client.name()) + "</strong> <code>" + escaped(client.id())
                + "</code> wants to use your account.</p>\n";
    }

    /**
     * @param username the text to fill in
     * @param accounts the accounts that the browser remembers
     * @param error the reason why the last attempt failed, or null
     */
    static Response signIn(Context context, String username, List<OAuthAccount> accounts, @Nullable String error) {
        StringBuilder body = new StringBuilder(intro(context.client())).append(alert(error));
        for (OAuthAccount account : accounts) {
            body.append(context.form("continue"))
                    .append(hidden("did", account.did()))
                    .append(button("Continue as @" + escaped(account.handle())))
                    .append("</form>\n");
        }
        body.append(context.form("sign-in"))
                .append(text("Username or Email", "username", username, "username"))
                .append(password("current-password"))
                .append("<label><input type=\"checkbox\" name=\"remember\" value=\"yes\"> Remember this account on this"
                        + " device</label>\n")
                .append(button("Sign in"))
                .append("</form>\n")
                .append(cancel(context, "Cancel"));
        return page(error == null ? 200 : 400, "Sign in", body.toString());
    }

    /** @param error the reason why the last attempt failed, or null */
    static Response signUp(Context context, String handle, String email, @Nullable String error) {
        String body = intro(context.client()) + alert(error)
                + context.form("sign-up")
                + text("Handle", "handle", handle, "username")
                + text("Email", "email", email, "email")
                + password("new-password")
                + button("Create account")
                + "</form>\n"
                + context.form("switch")
                + button("Sign in instead")
                + "</form>\n"
                + cancel(context, "Cancel");
        return page(error == null ? 200 : 400, "Create account", body);
    }

    static Response consent(Context context, OAuthAccount account, Set<String> scopes) {
        StringBuilder body = new StringBuilder(intro(context.client()))
                .append("<p>Signed in as <strong>@")
                .append(escaped(account.handle()))
                .append("</strong>. Choose what to allow:</p>\n")
                .append(context.form("consent"))
                .append("<ul>\n");
        for (String scope : scopes) {
            String required = scope.equals("atproto") ? " disabled" : "";
            body.append("<li><label><input type=\"checkbox\" name=\"scope\" value=\"")
                    .append(escaped(scope))
                    .append("\" checked")
                    .append(required)
                    .append("> ")
                    .append(description(scope))
                    .append(" <code>")
                    .append(escaped(scope))
                    .append("</code></label></li>\n");
        }
        body.append("</ul>\n")
                .append(hidden("scope", "atproto"))
                .append(button("Authorize"))
                .append("</form>\n")
                .append(context.form("switch"))
                .append(button("Use another account"))
                .append("</form>\n")
                .append(cancel(context, "Deny access"));
        return page(200, "Authorize", body.toString());
    }

    private static String description(String scope) {
        return switch (scope) {
            case "atproto" -> "Know who you are";
            case "transition:generic" -> "Read and write everything but direct messages and account settings";
            case "transition:email" -> "See your email address";
            case "transition:chat.bsky" -> "Read and send direct messages";
            default ->
                switch (ScopeSyntax.of(scope).prefix()) {
                    case "account" -> "Use account settings";
                    case "blob" -> "Upload files";
                    case "identity" -> "Change your identity";
                    case "repo" -> "Write records";
                    case "rpc" -> "Call another service in your name";
                    default -> "Use permissions";
                };
        };
    }
}
