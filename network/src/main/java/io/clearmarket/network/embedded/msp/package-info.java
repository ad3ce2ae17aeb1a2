/** Who signs: organisations' certificates, Node OUs, identities and what they may be (Fabric MSP). */
@NullMarked
package io.clearmarket.network.embedded.msp;

import org.jspecify.annotations.NullMarked;
