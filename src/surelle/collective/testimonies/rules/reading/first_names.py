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
    yassine yohan yolande youcef youssef yvan yves yvette yvon yvonne zelie zoe zohra"""
)
