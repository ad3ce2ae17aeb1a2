package io.clearmarket.gateway.api;

import io.clearmarket.gateway.testing.TestHttp.Answer;
import java.util.function.Supplier;

/**
 * A request that must be refused.
 *
 * @param name what is wrong with it
 * @param code the problem's code
 * @param request sends it
 */
public record BadRequest(String name, int status, String code, Supplier<Answer> request) {}
