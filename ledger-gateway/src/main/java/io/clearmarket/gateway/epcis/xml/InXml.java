package io.clearmarket.gateway.epcis.xml;

/** An answer that has a form in XML too; whoever asks for it gets it by {@link InXmlConverter}. */
public interface InXml {
    /** UTF-8. */
    byte[] xml();
}
