/** Who signs: certificates, parties and the files they are kept in (PEM, Fabric's MSP folder). */
@NullMarked
package io.clearmarket.wallet.identity;

import org.jspecify.annotations.NullMarked;
