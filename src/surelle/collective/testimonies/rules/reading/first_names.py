"""First names often met in French cooperatives: a light weight in favour of a name, never a condition."""

from __future__ import annotations

from typing import Final


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


FIRST_NAMES: Final = _words(
    """abdel abel achille adam adama adelaide adele adeline adem adrien agathe aglae agnes aicha aime aissatou alain
    alban albane albert albertine alessandro alex alexandra alexandre alexia alexis alice alicia alienor aline
    alison alix alizee alma aloys alphonse amadou amandine amaury ambre ambroise amel amelie ameline amina amine ana
    anael anais anastasia anatole andre andrea andreas andree anette ange angele angelina angelique anissa anita ann
    anna annabelle anne annick annie anouk anselme anthony antoine antonin apolline ariane aristide arlette armand
    armel armelle arnaud arsene arthur assia astrid athenais aubin aude audran audrey auguste augustin augustine
    aurelie aurelien aurore awa axel axelle aymeric aymerick aziz balthazar baptiste baptistine barbara barnabe bart
    basile bastian bastien beatrice beatrix benedicte benjamin benoit berangere berenice bernadette bernard
    bernardin berthe bertrand bilal bintou blaise blanche blandine boris boubacar brahim brice brigitte bruna brune
    bruno camelia camille candice capucine carine carl carla carmen carole caroline casimir cassandre catherine
    cecile cecilia cedric celestin celia celie celine cesar chaima chantal charlene charles charlie charlotte chiara
    chloe christel christelle christian christiana christiane christine christophe christopher claire clairette
    clara clarisse claude claudia claudine clemence clement clementine cleo clotilde clovis colette colin coline
    constance coralie coralyn corentin corinne cosima cosme cunegonde cyprien cyrielle cyril cyrille daisy dalila
    damian damien daniel daniele danielle danny daphne dario darius david deborah delphine denis denise desire diane
    didier diego dieynaba dimitri dina dirk djamila djibril dolores dominic dominique domitille donatien donia
    dorian dorothee driss edgar edith edmee edmond edna edouard edwige eleonore eliane elias elie elina eline eliot
    elisa elisabeth elise ella elodie eloi eloise elsa elvire emeline emelyne emeric emile emilie emilien emma
    emmanuel emmanuelle emmy emy enguerrand enora enzo eric erika ernest erwan esteban estelle esther ethan etienne
    etiennette eudes eugene eugenie eulalie euphrasie eva evan evariste eve evelyne fabien fabienne fabiola fabrice
    faiza fanny fantine farah farid fatima fatou fatoumata faustine fausto felicie felicite felix ferdinand fernand
    fernande fidele fiona firmin flavie flavien fleur flora florence florent florentin florentine florian floriane
    fostine france francesca francette francine francis franck francois francoise frederic frederique gabin gabriel
    gabrielle gael gaelle gaetan garance gaspard gaston gatien gauthier gautier genevieve geoffrey georges gerald
    geraldine gerard geraud germain ghislaine gilbert gilles gisele giulia gladys godefroy gontran goulven gregoire
    gregor gregory guenola guenole guilhem guillaume guillemette gustave gustavo guy gwen gwenael gwenaelle gwendal
    gwendoline gwenola habib hadja hadrien hakim halima hamid hamza hanane hannah hassan hector helena helene helmut
    heloise henri henriette hermine herminie herve hippolyte hocine honore honorine hortense hugo hugues huguette
    ianis ibrahim idriss ilan ilana ilona ilyes iman imane imen ines ingrid irene iris isaac isabeau isabelle isaure
    isidore ismael issa ivan ivana jacqueline jacques jade jamal james jamila jane jason jean jean-luc jeanne
    jeannine jenny jeremiah jeremie jeremy jerome jessica joachim joanna joaquim jocelyn jocelyne joel joelle johana
    johann johanna john jonas jonathan jordan joris jose joseph josephe josephine josette joshua josiane josue jovan
    joy juan jude judith jules julia julian juliana juliane julie julien juliette juline justin justine justinien
    kader kamel kamila karen karim karima karin karine karl kassim katell katia kelly kenza kerstin kevin khadija
    killian kim laetitia lalie lambert lamia lana lara laszlo laura laure laureline laurence laurent laurette
    laurine lazare lea leandre leane leila lena leo leon leonard leonce leonie leonor leontine leopold leslie
    leticia liam lila lili lilian liliana liliane lilou lina lionel lisa lise lison liv loic lola lorene lorenzo
    loris lou louane louis louise loup lubin luc lucas luce lucette luciana lucie lucien lucile lucille lucinda
    ludivine ludovic luigi luis lukas luna lydia lydie lylia lyna lynda lynn madeleine madiha mado mael maelle
    maelys magali magalie maia maite maiwenn malik malika mallaury malo mamadou manel manoe manoel manon manuel marc
    marceau marcel marcelle marcellin marcelline marcia marco mareva margaux margot marguerite maria mariam mariama
    marianne mariannick marie marielle marietta marika marina marine mario marion marius marjolaine marjorie marlene
    marthe martial martin martine mary maryline maryse mathias mathieu mathilde mathis mathurin matilde matteo
    matthias matthieu maud maureen maurice mauricette maurine max maxence maxime maxine maya mayeul meddy medhi
    mehdi melanie melchior melina meline melissa melissandre mercedes meriem meryem mia michael michel michele
    micheline mickael mikael mila milan milena milo mirabelle mireille miriam mohamed mohammed moise mona monique
    morgan morgane mounir mourad moussa muriel mylene myriam myrtille nabil nabila nadege nadia nadine nadja nael
    naim naima nancy nanna naomi narcisse nassim nastasia natacha nathalie nathan nathanael nawel neil nello nelly
    nestor nicolas nicole nils nina ninon noa noe noel noelle noemi noemie nolan nolwenn nora norah norbert nour
    noura octave octavie ode odelin odette odile odilon olaf oleg olga olivia olivier olympe omar ombeline ondine
    ophelie oriane oscar oumar ousmane ozanne pablo paola paolo pascal pascale pascaline patrice patricia patrick
    paul paula paule paulette paulin pauline paulo pedro perle perrette perrine peter petra philibert philippe philomene
    pia pierre pierrette pierrick pierrot placide priscilla prosper prune quentin quitterie rachel rachid rafael
    rafaela raissa ralph ramon raoul raphael raphaela raphaelle raymond rebecca rebekka regina regine regis reine
    remi remy renaud rene renee richard rita robert robin rodolphe rodrigo rodrigue rogatien roger roland romain
    romane romaric romeo romuald romy ronan rosa rosalie rose roselyne rosemarie rosette rosine roxana roxane ruben
    ruth sabine sabrina sacha safia said saida salima salome sam samba sami samia samir samuel samy sandra sandrine
    sandy sara sarah sarra sasha saskia savannah sebastien segolene selim selma seraphin seraphine serena serge
    severine seynabou shirley sibylle sidi sidonie siegfried sigrid siham silvia simeon simon simone siriane sixte
    sixtine slimane sofia sofian sofiane soizic sokhna solange solene solenn solenne soline solveig sonia sonja
    sophie soraya soukaina stanislas stefan stella stephane stephanie steve steven suzanne suzie suzon sven swann
    sybille sylvain sylvaine sylvestre sylviane sylvie syrine tancrede tanguy tania tatiana teddy tess tessa tewfik
    thaddee thais theo theodore theophile therese thibaud thibault thibaut thierry thiphaine thomas thomasine
    tifaine tifenn till tim timeo timothe timothee tina tiphaine titouan titus tobias toinette tom tomas tony
    tristan tugdual ulysse umberto urbain ursula ursule valentin valentine valere valerian valerie vanessa vania
    venceslas vera veronique vianney victoire victor victoria victorien victorine vikram vincent violaine violeta
    violette virgile virginie viviane vivien vladimir wafa walid wanda warren wassim wendy wilfried william xavier
    yael yaelle yamina yanis yann yannick yannig yasmina yasmine yassine yohan yolande youcef youenn youna youssef
    ysaline ysee yuna yvan yves yvette yvon yvonne zacharia zacharie zahra zakaria zara zelie zineb zoe zohra zora"""
)
