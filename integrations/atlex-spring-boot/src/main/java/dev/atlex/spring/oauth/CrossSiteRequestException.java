package dev.atlex.spring.oauth;

import dev.atlex.data.LexException;

/**
 * Thrown when a state-changing request wasn't sent by a page of this site. By default, the response has status 403.
 */
public final class CrossSiteRequestException extends LexException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message a description of the site and of the origin of the request
     */
    public CrossSiteRequestException(String message) {
        super(message);
    }
}
