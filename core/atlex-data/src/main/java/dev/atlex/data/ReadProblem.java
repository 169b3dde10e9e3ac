package dev.atlex.data;

/**
 * An element of an array that was left out because it does not validate.
 *
 * @param path where the problem is, from the root {@code $}: {@code $.feed[3].post.uri}. Of a deep path the middle is left
 *     out
 * @param message what is wrong, path included
 * @param value the element as it came
 */
public record ReadProblem(String path, String message, LexValue value) {}
