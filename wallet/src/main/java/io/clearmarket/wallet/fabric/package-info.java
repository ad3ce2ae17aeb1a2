/**
 * Signing for Fabric where the key is, without a connection: the bytes are decoded, checked and shown first, so that
 * nobody signs what a server merely says is in them.
 */
@NullMarked
package io.clearmarket.wallet.fabric;

import org.jspecify.annotations.NullMarked;
