package io.clearmarket.gateway.epcis.xml;

/** Documents in XML: one with everything that XML says otherwise than JSON, and some with one thing wrong. */
final class XmlDocuments {
    private XmlDocuments() {}

    static String full() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:2" xmlns:cbvmda="urn:epcglobal:cbv:mda"
                    xmlns:ex="http://ns.example.com/epcis" xmlns:gs1="https://gs1.org/voc/"
                    xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
                    xmlns:sbdh="http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
                    schemaVersion="2.0" creationDate="2026-01-01T00:00:00Z">
                  <EPCISHeader>
                    <sbdh:StandardBusinessDocumentHeader>
                      <sbdh:Sender><sbdh:Identifier>urn:epc:id:sgln:4012345.00001.0</sbdh:Identifier></sbdh:Sender>
                    </sbdh:StandardBusinessDocumentHeader>
                    <extension><EPCISMasterData><VocabularyList>
                      <Vocabulary type="urn:epcglobal:epcis:vtype:BusinessLocation"><VocabularyElementList>
                        <VocabularyElement id="urn:epc:id:sgln:4012345.00002.0">
                          <attribute id="urn:epcglobal:cbv:mda:latitude">+18.0000</attribute>
                          <attribute id="urn:example:hall"><ex:number xsi:type="xsd:int">3</ex:number></attribute>
                          <children><id>urn:epc:id:sgln:4012345.00002.1</id></children>
                        </VocabularyElement>
                      </VocabularyElementList></Vocabulary>
                    </VocabularyList></EPCISMasterData></extension>
                  </EPCISHeader>
                  <EPCISBody><EventList><!-- one -->
                    <ObjectEvent>
                      <eventTime> 2026-01-01T00:00:00Z </eventTime><eventTimeZoneOffset>+01:00</eventTimeZoneOffset>
                      <certificationInfo>urn:x:1</certificationInfo><certificationInfo>urn:x:2</certificationInfo>
                      <epcList><epc>urn:epc:id:sgtin:4012345.011111.987</epc></epcList><action>ADD</action>
                      <bizStep>urn:epcglobal:cbv:bizstep:commissioning</bizStep>
                      <disposition>https://example.com/words#fresh</disposition>
                      <quantityList><quantityElement><epcClass>urn:x:3</epcClass><quantity xsi:nil="true"/></quantityElement></quantityList>
                      <sourceList><source type="https://ref.gs1.org/cbv/SDT-owning_party">urn:epc:id:pgln:4012345.00225</source></sourceList>
                      <sensorElementList><sensorElement>
                        <sensorMetadata deviceID="urn:x:4" ex:firmware="2"/>
                        <sensorReport type="gs1:Temperature" value="26.50" booleanValue="1" uom="CEL" exception="gs1:ALARM_CONDITION"/>
                        <ex:shelf>7</ex:shelf>
                      </sensorElement></sensorElementList>
                      <ilmd>
                        <cbvmda:netWeight measurementUnitCode="KGM">3.5</cbvmda:netWeight><ex:lots>a</ex:lots><ex:lots>b</ex:lots>
                      </ilmd>
                      <extension><ex:wrapped><![CDATA[yes]]></ex:wrapped></extension>
                      <ex:inside xmlns:ex="http://other.example.com/">
                        <deep xmlns="http://ns.example.com/epcis" xsi:type="xsd:boolean">false</deep><plain xsi:nil="true"/>
                      </ex:inside>
                    </ObjectEvent>
                  </EventList></EPCISBody>
                </epcis:EPCISDocument>
                """;
    }

    /** A document with one thing wrong. */
    enum Wrong {
        NO_XML("{", "", "not an XML document"),
        NOT_ENDED("<a>", "", "not an XML document"),
        DOCTYPE("<!DOCTYPE project><a/>", "", "DOCTYPE"),
        ENTITY("<!DOCTYPE a [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]><a>&secret;</a>", "", "DOCTYPE"),
        UNKNOWN_ENTITY("<a>&secret;</a>", "", "secret"),
        TOO_DEEP("<a>".repeat(50) + "</a>".repeat(50), "/a/a/a", "too deep"),
        OLD_VERSION(
                "<epcis:EPCISDocument xmlns:epcis=\"urn:epcglobal:epcis:xsd:1\"/>",
                "/epcis:EPCISDocument (line 1)",
                "urn:epcglobal:epcis:xsd:2"),
        NO_VERSION(full().replace("schemaVersion=\"2.0\"", ""), "/epcis:EPCISDocument (", "schemaVersion"),
        NO_BODY(full().replace("EPCISBody", "Body"), "/epcis:EPCISDocument (", "has no EPCISBody"),
        NO_EVENT(full().replace("ObjectEvent>", "QuantityEvent>"), "/EventList/QuantityEvent", "is no event"),
        UNKNOWN_FIELD(full().replace("disposition>", "mood>"), "/ObjectEvent/mood", "is no element of ObjectEvent"),
        WRONG_ORDER(
                full().replace("<action>ADD</action>", "")
                        .replace("<quantityList>", "<action>ADD</action><quantityList>"),
                "/ObjectEvent/action",
                "action comes before disposition"),
        TWICE(
                full().replace("<action>ADD</action>", "<action>ADD</action><action>ADD</action>"),
                "/ObjectEvent/action[2]",
                "twice"),
        NO_NUMBER(full().replace("26.50", "warm"), "/sensorElement/sensorReport", "\"warm\" is no number"),
        NO_TYPED_NUMBER(full().replace(">3</ex:number", ">three</ex:number"), "/attribute[2]/ex:number", "xsd:int"),
        NO_BOOLEAN(
                full().replace("booleanValue=\"1\"", "booleanValue=\"yes\""),
                "/sensorReport",
                "neither true nor false"),
        UNKNOWN_ATTRIBUTE(full().replace("uom=", "unit="), "/sensorElement/sensorReport", "unit"),
        STRAY_TEXT(full().replace("<action>", "soon<action>"), "/EventList/ObjectEvent", "has text"),
        MIXED(full().replace("<plain", "text<plain"), "/ObjectEvent/ex:inside", "text beside elements"),
        WRONG_ITEM(full().replace("epc>", "epcs>"), "/epcList/epcs", "made of epc"),
        ELEMENT_IN_TEXT(full().replace(">ADD<", "><ADD/><"), "/action/ADD", "action is a text");

        private final String xml;
        private final String place;
        private final String reason;

        Wrong(String xml, String place, String reason) {
            this.xml = xml;
            this.place = place;
            this.reason = reason;
        }

        String xml() {
            return xml;
        }

        String place() {
            return place;
        }

        String reason() {
            return reason;
        }
    }
}
