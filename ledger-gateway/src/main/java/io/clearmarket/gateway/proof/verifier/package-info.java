/** What a verifier pins, and the page that has it pinned. */
@NamedInterface("verifier")
@NullMarked
package io.clearmarket.gateway.proof.verifier;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
