/** Signing in to the pages at an OpenID provider. */
@NullMarked
package io.clearmarket.gateway.pages.signin;

import org.jspecify.annotations.NullMarked;
