"""First names often met in French cooperatives: a light weight in favour of a name, never a condition."""

from __future__ import annotations

from typing import Final


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


FIRST_NAMES: Final = _words(
    """adele adeline adrien agathe agnes aicha aime alain alban albane albert alex alexandra alexandre alexia alexis
    alice alicia aline alison alix alizee amandine amaury ambre amel amelie amina amine ana anais andre andrea
    andree anette ange angele angelique anissa anita ann anna annabelle anne annick annie anouk anthony antoine
    antonin apolline ariane armand armelle arnaud arthur assia astrid aude audrey auguste augustin aurelie
    aurelien aurore axel axelle aymeric aziz baptiste barbara bastien beatrice benedicte benjamin benoit
    berangere bernadette bernard bertrand blandine boris brahim brice brigitte bruno camille capucine carine
    carla carole caroline catherine cecile cecilia cedric celestin celia celine chantal charlene charles
    charlotte chloe christel christelle christian christiane christine christophe claire clara clarisse claude
    claudia claudine clemence clement clementine clotilde colette coline colin constance corentin corinne
    coralie cyprien cyril cyrille dalila damien daniel daniele danielle danny daphne david deborah delphine
    denis denise diane didier dimitri djamila dominique donatien dorian dorothee driss edith edouard edwige
    eleonore eliane elias elie eliot elisa elisabeth elise ella elodie eloise elsa emeline emilie emilien emma
    emmanuel emmanuelle enora enzo eric erika erwan estelle esther ethan etienne eugene eugenie eva eve evelyne
    fabien fabienne fabrice fanny farah farid fatima faustine felicie felix ferdinand fernand fiona flavie fleur
    flora florence florent florian france francine francis franck francois francoise frederic frederique gabin
    gabriel gabrielle gael gaelle gaetan gaspard gaston gauthier genevieve geoffrey georges gerald geraldine
    gerard germain ghislaine gilbert gilles gisele gladys gregoire gregory guilhem guillaume gustave guy
    gwenaelle gwendal gwendoline habib hadrien hakim hamid hannah hassan helena helene henri herve hortense hugo
    hugues ibrahim idriss ilan iman ines ingrid irene iris isabelle ivan jacqueline jacques jade jamal james
    jamila jane jason jean jeanne jenny jeremie jeremy jerome jessica joachim joanna jocelyne joel joelle john
    johanna jonathan jordan jose joseph josephine josette josiane joris juan jude judith jules julia julian
    julie julien juliette justin justine karim karima karine katia kevin khadija killian laetitia lamia lara
    laura laure laurence laurent laurette lea leila lena leo leon leonie leonard leopold leslie leticia liam
    lila lilian lilou lina lionel lisa lise lison loic lola loris lou louane louis louise luc lucas lucette
    lucie lucien lucile lucille ludivine ludovic luna lydia lydie lynda madeleine mael maelle magali maia
    maiwenn malik malika malo manon manuel marc marceau marcel marcelle margaux margot marguerite maria mariam
    marianne marie marielle marine marion marius marjorie marlene marthe martial martin martine mary maryline
    maryse mathias mathieu mathilde mathis matteo matthias matthieu maud maurice max maxence maxime maya mehdi
    melanie melina melissa mia michael michel michele micheline mickael mila milan milena miriam mohamed
    mohammed mona monique morgan morgane mounir mourad muriel mylene myriam nabil nadege nadia nadine nael naima
    nancy naomi natacha nathalie nathan nawel nelly nicolas nicole nils nina noa noe noel noelle noemie nolan
    nora norbert nour odette odile olga olivia olivier ombeline omar ophelie oriane oscar pablo pascal pascale
    patrice patricia patrick paul paula paulette pauline perrine peter philippe pierre pierrette priscilla prune
    quentin rachel rachid rafael ralph raoul raphael raphaelle raymond rebecca regine regis reine remi remy
    renaud rene renee richard rita robert robin rodolphe rodrigue roger roland romain romane romeo romuald rosa
    rosalie rose roxane ruben sabine sabrina said salima salome sam samia samir samuel sandra sandrine sara
    sarah sasha saskia sebastien selim selma serena serge severine sibylle simon simone sixtine sofia sofiane
    solange solene soline sonia sophie soraya stanislas stella stephane stephanie steve steven suzanne sven
    swann sylvain sylvaine sylviane sylvie tanguy tania teddy thais theo theodore therese thibaud thibault
    thibaut tifenn thierry thomas timothe timothee tiphaine titouan tom tony tristan ulysse urbain ursule
    valentin valentine valerie vanessa vera veronique victoire victor victoria vincent violaine violette
    virginie viviane vladimir walid warren wendy wilfried william xavier yael yann yannick yasmine yasmina
    yassine yohan yolande youcef youssef yvan yves yvette yvon yvonne zelie zoe zohra
    abdel abel achille adama adem adam adelaide aglae aissatou albertine alessandro alienor alix alma aloys alphonse
    amadou ambroise ameline anael anastasia anatole andreas angelina anselme aristide arlette armel arsene athenais
    aubin audran augustine awa aymerick balthazar baptistine barnabe bart basile bastian beatrix berenice bernardin
    berthe bilal bintou blaise blanche boubacar brune bruna camelia candice carl carmen casimir cassandre celie cesar
    chiara chaima charlie christiana christopher clairette cleo clovis coralyn cosima cosme cunegonde cyrielle daisy
    damian dario darius desire diego dieynaba dina dirk djibril dolores dominic domitille donia edgar edmee edmond
    edna elina eline eloi eloise elvire emelyne emeric emile emmy emy enguerrand ernest esteban estelle etiennette
    eudes eulalie euphrasie evariste evan fabiola faiza fantine fatou fatoumata fausto felicite fernande fidele
    firmin flavien florentin florentine floriane fostine francesca francette gael garance gaston gatien gautier geraud
    giulia gladys godefroy gontran goulven gregor guenole guenola guillemette gustavo gwen gwenael gwenola gwendal
    hadja halima hamza hanane hector helmut heloise henriette herminie hermine hippolyte hocine honore honorine huguette
    ianis ilana ilona ilyes imane imen ines isaac isabeau isaure isidore ismael issa ivana jean-luc jeannine jeremiah
    joaquim jocelyn johana johann jonas josephe joshua josiane josue jovan joy juliane juliana juline justinien
    kader kamel kamila karen karin karl kassim katell kelly kenza kerstin kim lalie lambert lana laszlo laureline
    laurine lazare leane leandre leonce leonor leontine liliane lili liliana liv lorene lorenzo loup lubin luce lucette
    luciana lucinda luigi luis lukas lylia lyna lynn madiha mado mael maelys magalie maite mallaury mamadou manel
    manoel manoe marcellin marcelline marco mareva mariama mariannick marietta marika marina mario marcia marjolaine
    mathurin matilde maureen maurine mauricette maxine mayeul meddy medhi melchior meline melissandre mercedes meriem
    meryem mikael milo mireille mirabelle moise moussa myrtille nabila nadja naim nanna narcisse nassim nastasia
    nathanael neil nello nestor nicole ninon noemi nolwenn norah noura octave octavie ode odelin odilon olaf
    oleg olympe ondine oumar ousmane ozanne paola paolo pascaline paulin paulo pedro perle perrette petra philibert philomene
    pia pierrick pierrot placide prosper quitterie rafaela raissa ramon raphaela rebekka regina rodrigo rogatien romaric romy ronan
    rosa roselyne rosemarie rosette rosine roxana ruth sacha safia saida sami samba samy sandy sarra savannah segolene
    seraphin seraphine seynabou shirley sidonie sidi siegfried sigrid siham silvia simeon siriane sixte slimane sofian
    soizic sokhna solenn solenne solveig sonja soukaina stefan suzie suzon sybille sylvestre syrine tancrede tatiana
    tess tessa tewfik thaddee theophile thomasine thiphaine tifaine till tim timeo tina titus tobias toinette tomas
    tugdual umberto ursula valere valerian vania venceslas vianney victorien victorine vikram violeta virgile vivien
    wafa wanda wassim yaelle yamina yanis yannig yasmina ysaline ysee youna youenn yuna zacharie zacharia zahra zakaria
    zara zineb zora"""
)
