"""Messages that speak of a bank account, in five languages; ordinary business letters do not."""

import pytest

from core.bank_words import speaks_of_payment_change

SUSPICIOUS = """Please use our new bank account from now on.
We have new banking details, see below.
Kindly note our bank details have changed.
Our account has been updated, pay there.
The payment details have been changed by our accountant.
IBAN DE89 3704 0044 0532 0130 00, thank you.
Send it to GB82 WEST 1234 5698 7654 32 today.
Account number 0123456789 at First Bank.
Account no: 4455667788
Our bank account 998877665544 is ready.
SWIFT ECOCGHAC account 0101010101
BIC: COBADEFFXXX, Konto 1234567
Please pay to a different bank account this time.
We changed our bank account last week.
There is an updated payment information for you.
Veuillez noter nos nouvelles coordonnées bancaires.
Nous avons un nouveau compte, merci de payer dessus.
Voici notre nouveau RIB.
Nous avons changé de banque.
Nous changeons de compte ce mois-ci.
Numéro de compte 12345678901
Compte bancaire FR76 3000 6000 0112 3456 7890 189
Nouveau compte bancaire ci-joint
Tenemos una nueva cuenta bancaria.
Use nuestra nueva cuenta para el pago.
Nuevos datos bancarios adjuntos.
Cambiamos de banco en noviembre.
Cambiamos de cuenta, gracias.
Número de cuenta 00123456789
Cuenta bancaria ES91 2100 0418 4502 0005 1332
Pague a otra cuenta por favor.
Bitte beachten Sie unsere neue Bankverbindung.
Wir haben ein neues Konto.
Unser neues Bankkonto lautet wie folgt.
Die geänderte Bankverbindung steht unten.
Kontonummer 1234567890
Neue Kontonummer ab Montag
Neue Kontodaten anbei
لدينا حساب بنكي جديد
حسابنا البنكي الجديد أدناه
تغير رقم الحساب منذ أمس
رقم الحساب 1234567890
الحساب البنكي 99887766554
Our other bank account is faster.
New account details attached, please update your records.
The bank details are new, please use them.
Payment account changed, see the letter.
Transfer to account # 55667788 please.
NL91 ABNA 0417 1643 00 is our number.
Please pay to our new payment account.
please use de89 3704 0044 0532 0130 00
IBAN: DE89-3704-0044-0532-0130-00
DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000
acct 0101010101
routing number 021000021
We use a new beneficiary account now.
Pay to our new MoMo number 0244123456.
Notre RIB a changé.
Nos coordonnées bancaires ont changé.
Neue Bankdaten anbei
Unsere Bankverbindung hat sich geändert.
Konto: 1234567890
Nuestra cuenta bancaria ha cambiado.
تم تغيير الحساب البنكي
رقم الحساب ١٢٣٤٥٦٧٨٩٠
بيانات بنكية جديدة
تفاصيل البنك الجديدة""".splitlines()
ORDINARY = """Do you ship 600 kg to Hamburg in February?
Thank you, the cup report is lovely.
We pay 30% now and 70% against documents.
Can you print our name on the bags?
The new crop arrives in March.
Our account manager will call you tomorrow.
Please change the packing to 30 kg bags.
Which payment terms do you offer?
We changed the label, see the picture.
Is the new price list ready?
Our warehouse is at Bank Street 12.
The river bank floods in June, so we harvest early.
HS code 090111, lot AM-26-04.
Our order number is 4500123456.
Call me on +233 24 123 4567.
The tracking number is JD014600006788.
On account of the rain we ship later.
Take into account the moisture of 11%.
We updated the specification.
Different sizes are possible.
Invoice 2026-117 follows on Monday.
Pouvez-vous livrer au Havre en mars ?
Nous changeons d'emballage cette année.
Le nouveau catalogue est prêt.
Merci de tenir compte du délai.
Votre nouveau prix est parfait.
Un nouveau conteneur part vendredi.
Le paiement se fait à 30 jours.
Nouvelle récolte disponible.
¿Pueden enviar una muestra?
El nuevo precio está bien.
Cambiamos el envase a sacos de 30 kg.
Tenga en cuenta la humedad.
La nueva cosecha llega en marzo.
Otra muestra sería útil.
El pago es a 30 días.
Können Sie im Februar liefern?
Die neue Ernte ist da.
Das neue Etikett gefällt uns.
Wir haben neue Säcke bestellt.
Die Zahlung erfolgt gegen Dokumente.
Bitte ändern Sie die Verpackung.
هل يمكنكم الشحن إلى هامبورغ؟
السعر الجديد مناسب
المحصول الجديد جاهز
نريد عيّنة أولًا
شروط الدفع مناسبة
Container MSKU1234567 left on Friday.
The certificate number is GH-BIO-154.
We take 1,200 kg at 5.45.
New payment terms please.
We have a new account manager.
I opened a new account on Lateen.
Is another payment date possible?
The account of the farmers is impressive.
Different packing is fine.
The other bank of the river is dry.""".splitlines()


@pytest.mark.parametrize("text", SUSPICIOUS)
def test_a_changed_account_is_noticed(text):
    assert speaks_of_payment_change(text)


def test_there_are_fifty_of_each_at_least():
    assert min(len(SUSPICIOUS), len(ORDINARY)) >= 50


def test_ordinary_letters_are_left_alone():
    assert [text for text in ORDINARY if speaks_of_payment_change(text)] == []
